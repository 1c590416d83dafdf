// Cross-entropy with labels: logits [N, K], labels [N].
// Forward, one work-item: one row, whose share of the loss goes to shares [N], which mean.cl adds.

#include "log_sum.h"

// Share of one row of the cross-entropy; a label that is no class makes it NaN, and the probabilities.
static float cross_entropy_row(
    global const float *x, const float label, global float *probabilities, const int K) {
  const float max = largest(x, K);
  const float sum = log_sum(x, K, max, 1);
  float chosen = NAN;
  bool is_class = false;
  for (int k = 0; k < K; k++) {
    if (k == label) {
      chosen = x[k] - max;
      is_class = true;
    }
    probabilities[k] = exp(x[k] - max - sum);
  }
  for (int k = 0; k < K && !is_class; k++) probabilities[k] = NAN;
  return sum - chosen;
}

// logits [N, K], labels [N] -> probabilities [N, K], shares [N]
kernel void cross_entropy(
    IN(logits), IN(labels), OUT(probabilities), OUT(shares), const int N, const int K) {
  OPEN_IN(logits);
  OPEN_IN(labels);
  OPEN_OUT(probabilities);
  OPEN_OUT(shares);
  ONE_OF(n, N);
  shares[n] = cross_entropy_row(logits + n * K, labels[n], probabilities + n * K, K);
}

// dlogits = (probabilities - one_hot(labels)) dloss / N.  One work-item: one element of [N, K].
kernel void cross_entropy_gradient(
    IN(probabilities), IN(labels), IN(dloss), OUT(dlogits), const int N, const int K) {
  OPEN_IN(probabilities);
  OPEN_IN(labels);
  OPEN_IN(dloss);
  OPEN_OUT(dlogits);
  ONE_OF(i, N * K);
  dlogits[i] = (probabilities[i] - (i % K == labels[i / K] ? 1 : 0)) * (dloss[0] / N);
}

// A whole training step's loss with its gradient, dloss being 1: cross_entropy, mean and
// cross_entropy_gradient at once.  One work-group; each work-item takes every size-th row.
kernel void cross_entropy_step(
    IN(logits), IN(labels), OUT(loss), OUT(probabilities), OUT(shares), OUT(dlogits), const int N,
    const int K) {
  OPEN_IN(logits);
  OPEN_IN(labels);
  OPEN_OUT(loss);
  OPEN_OUT(probabilities);
  OPEN_OUT(shares);
  OPEN_OUT(dlogits);
  for (int n = get_local_id(0); n < N; n += get_local_size(0)) {
    shares[n] = cross_entropy_row(logits + n * K, labels[n], probabilities + n * K, K);
    for (int k = 0; k < K; k++) {
      dlogits[n * K + k] = (probabilities[n * K + k] - (k == labels[n] ? 1 : 0)) * (1.0f / N);
    }
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  if (get_local_id(0) == 0) {
    float sum = 0;
    for (int n = 0; n < N; n++) sum += shares[n];
    loss[0] = 1.0f / N * sum;
  }
}
