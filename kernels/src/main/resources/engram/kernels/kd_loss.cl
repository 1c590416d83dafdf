// Knowledge distillation.  Forward, one work-item: one row, whose share of the loss goes to shares
// [N], which mean.cl adds.

#include "loss_rows.h"

// student [N, K], teacher [N, M] -> excess [N, M], shares [N]
kernel void kd_loss(
    IN(student), IN(teacher), OUT(excess), OUT(shares), const int N, const int K, const int M,
    const float T) {
  OPEN_IN(student);
  OPEN_IN(teacher);
  OPEN_OUT(excess);
  OPEN_OUT(shares);
  ONE_OF(n, N);
  shares[n] = kd_row(student + n * K, teacher + n * M, excess + n * M, M, T);
}

// dlogits[n, k] = k < M ? T / N excess[n, k] dloss : 0.  One work-item: one element of [N, K].
kernel void kd_loss_gradient(
    IN(excess), IN(dloss), OUT(dlogits), const int N, const int K, const int M, const float T) {
  OPEN_IN(excess);
  OPEN_IN(dloss);
  OPEN_OUT(dlogits);
  ONE_OF(i, N * K);
  const int k = i % K;
  dlogits[i] = k < M ? excess[i / K * M + k] * (T / N * dloss[0]) : 0;
}
