// One work-item: one element.

// x [..., C], b [C] -> y [..., C], n elements
kernel void add_bias(IN(x), IN(b), OUT(y), const int n, const int columns) {
  OPEN_IN(x);
  OPEN_IN(b);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i] + b[i % columns];
}
