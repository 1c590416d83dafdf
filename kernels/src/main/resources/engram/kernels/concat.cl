// One work-item: one element.  A "block" is a run of neighbouring elements: an axis and all within.

// Part of y [outer, stride]: x [outer, block] goes to columns skip .. skip + block - 1.  n elements of x.
kernel void concat(
    IN(x), OUT(y), const int n, const int block, const int stride, const int skip) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i / block * stride + skip + i % block] = x[i];
}
