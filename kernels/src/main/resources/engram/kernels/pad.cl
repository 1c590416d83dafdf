// Zeros around an axis: x [outer, block] -> y [outer, stride], zeros but for columns skip ..
// skip + block - 1.  A block is a run of neighbouring elements: an axis and all within.
// One work-item: one of the n elements of y.
kernel void pad(IN(x), OUT(y), const int n, const int block, const int stride, const int skip) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int column = i % stride - skip;
  y[i] = column >= 0 && column < block ? x[i / stride * block + column] : 0;
}
