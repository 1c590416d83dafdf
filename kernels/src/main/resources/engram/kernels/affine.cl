// y = scale * x + shift; x, y [n].  One work-item: one element.
kernel void affine(IN(x), OUT(y), const int n, const float scale, const float shift) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = scale * x[i] + shift;
}
