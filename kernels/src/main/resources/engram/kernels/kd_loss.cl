// Knowledge distillation (Hinton et al. 2015): student [N, K], teacher [N, M], M <= K.
// Forward, one work-item: one row, whose share of the loss goes to shares [N], which mean.cl adds.

#include "log_sum.h"

// Share of one row of the distillation loss: sum over m of q (log q - log p), 0 where q is 0.
static float kd_row(
    global const float *student, global const float *teacher, global float *excess, const int M,
    const float T) {
  const float student_max = largest(student, M);
  const float teacher_max = largest(teacher, M);
  const float student_sum = log_sum(student, M, student_max, T);
  const float teacher_sum = log_sum(teacher, M, teacher_max, T);
  float share = 0;
  for (int m = 0; m < M; m++) {
    const float log_p = student[m] / T - student_max / T - student_sum;
    const float log_q = teacher[m] / T - teacher_max / T - teacher_sum;
    const float q = exp(log_q);
    share += q == 0 ? 0 : q * (log_q - log_p);
    excess[m] = exp(log_p) - q;
  }
  return share;
}

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
