// One operand of a concatenation: x [outer, block] -> columns skip .. skip + block - 1 of
// y [outer, stride].  A block is a run of neighbouring elements: an axis and all within.
// One work-item: one of the n elements of x.
kernel void concat(
    IN(x), OUT(y), const int n, const int block, const int stride, const int skip) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i / block * stride + skip + i % block] = x[i];
}
