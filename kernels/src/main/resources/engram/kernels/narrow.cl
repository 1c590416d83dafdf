// A part of an axis: columns skip .. skip + block - 1 of x [outer, stride] -> y [outer, block].
// A block is a run of neighbouring elements: an axis and all within.
// One work-item: one of the n elements of y.
kernel void narrow(
    IN(x), OUT(y), const int n, const int block, const int stride, const int skip) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i / block * stride + skip + i % block];
}
