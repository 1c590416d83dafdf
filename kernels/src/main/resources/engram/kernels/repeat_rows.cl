// One work-item: one element.

// x [C] -> y [..., C], n elements
kernel void repeat_rows(IN(x), OUT(y), const int n, const int columns) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i % columns];
}
