// y = x + b: x [..., C], b [C] -> y [..., C].  Constant: V.
// One work-item, n in all: V numbers of one row.
kernel void add_bias(IN(x), IN(b), OUT(y), const int n, const int C) {
  OPEN_IN(x);
  OPEN_IN(b);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int c = i % VECTORS(C) * V;
  const int at = i / VECTORS(C) * C + c;
  store_some(load_some(x + at, C - c) + load_some(b + c, C - c), y + at, C - c);
}
