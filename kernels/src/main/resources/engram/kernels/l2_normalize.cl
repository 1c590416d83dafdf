// Rows of length one.  x, y, dy, dx [rows, C], length [rows].
// One work-item: one row.

// Euclidean length; where squares leave the range of a float, of the row divided by its largest element.
static float length_of(global const float *x, const int C) {
  float squares = 0;
  float max = 0;
  for (int c = 0; c < C; c++) {
    squares += x[c] * x[c];
    max = fabs(x[c]) > max ? fabs(x[c]) : max;
  }
  if (isnan(squares) || isinf(max) || max == 0) return sqrt(squares);
  if (squares > 1e-30f && squares < INFINITY) return sqrt(squares);
  squares = 0;
  for (int c = 0; c < C; c++) squares += (x[c] / max) * (x[c] / max);
  return max * sqrt(squares);
}

kernel void l2_normalize(
    IN(x), OUT(y), OUT(length), const int rows, const int C, const float eps) {
  OPEN_IN(x);
  OPEN_OUT(y);
  OPEN_OUT(length);
  ONE_OF(r, rows);
  float of_row = length_of(x + r * C, C);
  of_row = of_row < eps ? eps : of_row;
  length[r] = of_row;
  for (int c = r * C; c < (r + 1) * C; c++) y[c] = x[c] / of_row;
}

// dx = (dy - y sum(dy y)) / length; where eps was the length, dy / eps
kernel void l2_normalize_gradient(
    IN(y), IN(length), IN(dy), OUT(dx), const int rows, const int C, const float eps) {
  OPEN_IN(y);
  OPEN_IN(length);
  OPEN_IN(dy);
  OPEN_OUT(dx);
  ONE_OF(r, rows);
  float dot = 0;
  for (int c = r * C; c < (r + 1) * C; c++) dot += y[c] * dy[c];
  const float along = length[r] == eps ? 0 : dot;
  for (int c = r * C; c < (r + 1) * C; c++) dx[c] = (dy[c] - y[c] * along) / length[r];
}
