// Rows of logits, for the losses.

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
