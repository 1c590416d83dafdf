// Softmax and its logarithm over the innermost axis; x, y, dy, dx [rows, K].
// One work-item: one row.  The maximum is taken out first, so no exponent overflows; NaN or
// +infinity in a row makes the sum NaN and with it the whole row.

// log(sum over k of exp(x[k] - max)), and max.
static float log_sum(global const float *x, const int K, float *max) {
  *max = -INFINITY;
  for (int k = 0; k < K; k++) *max = x[k] > *max ? x[k] : *max;
  float sum = 0;
  for (int k = 0; k < K; k++) sum += exp(x[k] - *max);
  return log(sum);
}

kernel void softmax(IN(x), OUT(y), const int rows, const int K) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(r, rows);
  float max;
  const float sum = log_sum(x + r * K, K, &max);
  for (int k = r * K; k < (r + 1) * K; k++) y[k] = exp(x[k] - max - sum);
}

kernel void log_softmax(IN(x), OUT(y), const int rows, const int K) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(r, rows);
  float max;
  const float sum = log_sum(x + r * K, K, &max);
  for (int k = r * K; k < (r + 1) * K; k++) y[k] = x[k] - max - sum;
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

// dx = dy - exp(y) (sum over j of dy[j])
kernel void log_softmax_gradient(IN(y), IN(dy), OUT(dx), const int rows, const int K) {
  OPEN_IN(y);
  OPEN_IN(dy);
  OPEN_OUT(dx);
  ONE_OF(r, rows);
  float sum = 0;
  for (int k = r * K; k < (r + 1) * K; k++) sum += dy[k];
  for (int k = r * K; k < (r + 1) * K; k++) dx[k] = dy[k] - exp(y[k]) * sum;
}
