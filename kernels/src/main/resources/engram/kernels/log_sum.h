// The logarithm of a sum of exponentials.  The maximum is taken out first, so no exponent overflows.

// Largest of x[0 .. K - 1]; NaN is passed over, the sums that follow catch it.
static float largest(global const float *x, const int K) {
  float max = -INFINITY;
  for (int k = 0; k < K; k++) max = x[k] > max ? x[k] : max;
  return max;
}

// log(sum over k of exp((x[k] - max) / T))
static float log_sum(global const float *x, const int K, const float max, const float T) {
  float sum = 0;
  for (int k = 0; k < K; k++) sum += exp(x[k] / T - max / T);
  return log(sum);
}
