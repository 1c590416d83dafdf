// Cross-entropy with probabilities: logits, targets [N, K].
// One work-item: one row, whose share of the loss goes to shares
// [N], which mean.cl adds.

#include "log_sum.h"

// logits, targets [N, K] -> probabilities [N, K], shares [N]
kernel void soft_cross_entropy(
    IN(logits), IN(targets), OUT(probabilities), OUT(shares), const int N, const int K) {
  OPEN_IN(logits);
  OPEN_IN(targets);
  OPEN_OUT(probabilities);
  OPEN_OUT(shares);
  ONE_OF(n, N);
  global const float *x = logits + n * K;
  const float max = largest(x, K);
  const float sum = log_sum(x, K, max, 1);
  float share = 0;
  for (int k = 0; k < K; k++) {
    const float logarithm = x[k] - max - sum;
    share -= targets[n * K + k] * logarithm;
    probabilities[n * K + k] = exp(logarithm);
  }
  shares[n] = share;
}

// dlogits = (probabilities sum(targets) - targets) dloss / N.  One work-item: one row.
kernel void soft_cross_entropy_gradient(
    IN(probabilities), IN(targets), IN(dloss), OUT(dlogits), const int N, const int K) {
  OPEN_IN(probabilities);
  OPEN_IN(targets);
  OPEN_IN(dloss);
  OPEN_OUT(dlogits);
  ONE_OF(n, N);
  const float scale = dloss[0] / N;
  float sum = 0;
  for (int k = n * K; k < (n + 1) * K; k++) sum += targets[k];
  for (int k = n * K; k < (n + 1) * K; k++) {
    dlogits[k] = (probabilities[k] * sum - targets[k]) * scale;
  }
}
