// x [columns] -> y [..., columns], each row the same.  One work-item: one of the n elements of y.
kernel void repeat_rows(IN(x), OUT(y), const int n, const int columns) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i % columns];
}
