// Repeats along an axis: x [outer, inner] -> y [outer, block / inner, inner].  A block is a run of
// neighbouring elements: an axis and all within.  One work-item: one of the n elements of y.
kernel void expand(IN(x), OUT(y), const int n, const int block, const int inner) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i / block * inner + i % inner];
}
