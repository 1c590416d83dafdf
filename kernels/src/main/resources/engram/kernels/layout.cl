// Ops that move elements and compute nothing.
// One work-item: one element.  A "block" is a run of neighbouring elements: an axis and all within.

// x [C] -> y [..., C], n elements
kernel void repeat_rows(IN(x), OUT(y), const int n, const int columns) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i % columns];
}

// x [..., C], b [C] -> y [..., C], n elements
kernel void add_bias(IN(x), IN(b), OUT(y), const int n, const int columns) {
  OPEN_IN(x);
  OPEN_IN(b);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i] + b[i % columns];
}

// x [outer, inner] -> y [outer, block / inner, inner], n elements
kernel void expand(IN(x), OUT(y), const int n, const int block, const int inner) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i / block * inner + i % inner];
}

// Part of y [outer, stride]: x [outer, block] goes to columns skip .. skip + block - 1.  n elements of x.
kernel void concat_part(
    IN(x), OUT(y), const int n, const int block, const int stride, const int skip) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i / block * stride + skip + i % block] = x[i];
}

// Columns skip .. skip + block - 1 of x [outer, stride] -> y [outer, block], n elements of y
kernel void narrow(
    IN(x), OUT(y), const int n, const int block, const int stride, const int skip) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i / block * stride + skip + i % block];
}

// x [outer, block] -> y [outer, stride], zeros but for columns skip .. skip + block - 1.  n elements of y.
kernel void pad(IN(x), OUT(y), const int n, const int block, const int stride, const int skip) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int column = i % stride - skip;
  y[i] = column >= 0 && column < block ? x[i / stride * block + column] : 0;
}
