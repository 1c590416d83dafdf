// Softmax over the innermost axis; x, y, dy, dx [rows, K].  One work-item: one row.
// NaN or +infinity in a row makes the sum NaN and with it the whole row.

#include "log_sum.h"

kernel void softmax(IN(x), OUT(y), const int rows, const int K) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(r, rows);
  const float max = largest(x + r * K, K);
  const float sum = log_sum(x + r * K, K, max, 1);
  for (int k = r * K; k < (r + 1) * K; k++) y[k] = exp(x[k] - max - sum);
}

// dx = y (dy - sum over j of y[j] dy[j])
kernel void softmax_gradient(IN(y), IN(dy), OUT(dx), const int rows, const int K) {
  OPEN_IN(y);
  OPEN_IN(dy);
  OPEN_OUT(dx);
  ONE_OF(r, rows);
  float sum = 0;
  for (int k = r * K; k < (r + 1) * K; k++) sum += y[k] * dy[k];
  for (int k = r * K; k < (r + 1) * K; k++) dx[k] = y[k] * (dy[k] - sum);
}
