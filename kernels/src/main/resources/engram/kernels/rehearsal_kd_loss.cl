// Cross-entropy and knowledge distillation in one pass.  Forward, one work-item: one row, whose
// shares of both losses go to shares [2, N], which rehearsal_kd_total adds.

#include "loss_rows.h"

// logits [N, K], labels [N], teacher [N, M] -> probabilities [N, K], excess [N, M], shares [2, N],
// those of the cross-entropy first
kernel void rehearsal_kd_loss(
    IN(logits), IN(labels), IN(teacher), OUT(probabilities), OUT(excess), OUT(shares), const int N,
    const int K, const int M, const float T) {
  OPEN_IN(logits);
  OPEN_IN(labels);
  OPEN_IN(teacher);
  OPEN_OUT(probabilities);
  OPEN_OUT(excess);
  OPEN_OUT(shares);
  ONE_OF(n, N);
  shares[n] = cross_entropy_row(logits + n * K, labels[n], probabilities + n * K, K);
  shares[N + n] = kd_row(logits + n * K, teacher + n * M, excess + n * M, M, T);
}

// shares [2, N] -> ce, kd, total = ce_weight ce + kd_weight kd.  One work-item.
kernel void rehearsal_kd_total(
    IN(shares), OUT(total), OUT(ce), OUT(kd), const int N, const float T, const float ce_weight,
    const float kd_weight) {
  OPEN_IN(shares);
  OPEN_OUT(total);
  OPEN_OUT(ce);
  OPEN_OUT(kd);
  ONE_OF(i, 1);
  float ce_sum = 0;
  float kd_sum = 0;
  for (int n = 0; n < N; n++) {
    ce_sum += shares[n];
    kd_sum += shares[N + n];
  }
  ce[i] = ce_sum / N;
  kd[i] = T * T * kd_sum / N;
  total[i] = ce_weight * (ce_sum / N) + kd_weight * (T * T * kd_sum / N);
}

// The weighted sum of cross_entropy_gradient and kd_loss_gradient.  One work-item: one element.
kernel void rehearsal_kd_loss_gradient(
    IN(probabilities), IN(labels), IN(excess), IN(dtotal), OUT(dlogits), const int N, const int K,
    const int M, const float T, const float ce_weight, const float kd_weight) {
  OPEN_IN(probabilities);
  OPEN_IN(labels);
  OPEN_IN(excess);
  OPEN_IN(dtotal);
  OPEN_OUT(dlogits);
  ONE_OF(i, N * K);
  const int k = i % K;
  const float scale = dtotal[0] / N;
  const float ce = probabilities[i] - (k == labels[i / K] ? 1 : 0);
  const float kd = k < M ? excess[i / K * M + k] : 0;
  dlogits[i] = ce_weight * scale * ce + kd_weight * T * scale * kd;
}

// A whole training step's loss with its gradient, dtotal being 1: the three above at once.  One
// work-group; each work-item takes every size-th row.
kernel void rehearsal_kd_step(
    IN(logits), IN(labels), IN(teacher), OUT(total), OUT(ce), OUT(kd), OUT(probabilities),
    OUT(excess), OUT(shares), OUT(dlogits), const int N, const int K, const int M, const float T,
    const float ce_weight, const float kd_weight) {
  OPEN_IN(logits);
  OPEN_IN(labels);
  OPEN_IN(teacher);
  OPEN_OUT(total);
  OPEN_OUT(ce);
  OPEN_OUT(kd);
  OPEN_OUT(probabilities);
  OPEN_OUT(excess);
  OPEN_OUT(shares);
  OPEN_OUT(dlogits);
  const float scale = 1.0f / N;
  for (int n = get_local_id(0); n < N; n += get_local_size(0)) {
    shares[n] = cross_entropy_row(logits + n * K, labels[n], probabilities + n * K, K);
    shares[N + n] = kd_row(logits + n * K, teacher + n * M, excess + n * M, M, T);
    for (int k = 0; k < K; k++) {
      const float of_ce = probabilities[n * K + k] - (k == labels[n] ? 1 : 0);
      const float of_kd = k < M ? excess[n * M + k] : 0;
      dlogits[n * K + k] = ce_weight * scale * of_ce + kd_weight * T * scale * of_kd;
    }
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  if (get_local_id(0) == 0) {
    float ce_sum = 0;
    float kd_sum = 0;
    for (int n = 0; n < N; n++) {
      ce_sum += shares[n];
      kd_sum += shares[N + n];
    }
    ce[0] = ce_sum / N;
    kd[0] = T * T * kd_sum / N;
    total[0] = ce_weight * (ce_sum / N) + kd_weight * (T * T * kd_sum / N);
  }
}
