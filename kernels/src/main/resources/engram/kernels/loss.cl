// Losses over logits [N, K], and their gradients.
// Forward, one work-item: one row, whose share of the loss goes to shares [N]; "mean" adds them in
// order.  Gradient, one work-item: one element or row, as each kernel says.

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

// Share of one row of the cross-entropy; a label that is no class makes it NaN.
static float cross_entropy_row(
    global const float *x, const float label, global float *probabilities, const int K) {
  const float max = largest(x, K);
  const float sum = log_sum(x, K, max, 1);
  float chosen = NAN;
  for (int k = 0; k < K; k++) {
    if (k == label) chosen = x[k] - max;
    probabilities[k] = exp(x[k] - max - sum);
  }
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

// Both in one pass: shares [2, N], those of the cross-entropy first
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

// loss[0] = scale * sum over n of shares[n].  One work-item.
kernel void mean(IN(shares), OUT(loss), const int N, const float scale) {
  OPEN_IN(shares);
  OPEN_OUT(loss);
  ONE_OF(i, 1);
  float sum = 0;
  for (int n = 0; n < N; n++) sum += shares[n];
  loss[i] = scale * sum;
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

// da = 2 (a - b) dloss / n.  One work-item: one element.
kernel void mean_squared_error_gradient(IN(a), IN(b), IN(dloss), OUT(da), const int n) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_IN(dloss);
  OPEN_OUT(da);
  ONE_OF(i, n);
  da[i] = (a[i] - b[i]) * (2 * dloss[0] / n);
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

// The same of rehearsal_kd_loss, rehearsal_kd_total and rehearsal_kd_loss_gradient.
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
