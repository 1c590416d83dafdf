// Batch normalisation; x, y, dy, dx [rows, C]; all else [C].
// Sums over rows are cut into chunks by shape alone: one work-item (i, s) sums chunk s of V
// channels into partial [chunks, 2, C], and one work-item for each channel adds the chunks in order.
// Constant: V.

// partial = { sum of x, unused }
kernel void sum_values(IN(x), OUT(partial), const int rows, const int C, const int chunk) {
  OPEN_IN(x);
  OPEN_OUT(partial);
  ONE_OF(i, VECTORS(C));
  const int c = i * V;
  const int s = get_global_id(1);
  const int end = min(rows, (s + 1) * chunk);
  VEC sum = 0;
  for (int r = s * chunk; r < end; r++) sum += load_some(x + r * C + c, C - c);
  store_some(sum, partial + 2 * s * C + c, C - c);
  store_some((VEC)0, partial + (2 * s + 1) * C + c, C - c);
}

// partial = { sum of x - mean, sum of (x - mean)^2 }: the variance of numbers far from zero would
// vanish in E[x^2] - E[x]^2.
kernel void sum_deviations(
    IN(x), IN(mean), OUT(partial), const int rows, const int C, const int chunk) {
  OPEN_IN(x);
  OPEN_IN(mean);
  OPEN_OUT(partial);
  ONE_OF(i, VECTORS(C));
  const int c = i * V;
  const int s = get_global_id(1);
  const int end = min(rows, (s + 1) * chunk);
  const VEC center = load_some(mean + c, C - c);
  VEC sum = 0;
  VEC squares = 0;
  for (int r = s * chunk; r < end; r++) {
    const VEC deviation = load_some(x + r * C + c, C - c) - center;
    sum += deviation;
    squares += deviation * deviation;
  }
  store_some(sum, partial + 2 * s * C + c, C - c);
  store_some(squares, partial + (2 * s + 1) * C + c, C - c);
}

kernel void mean_of_chunks(
    IN(partial), OUT(mean), const int rows, const int C, const int chunks) {
  OPEN_IN(partial);
  OPEN_OUT(mean);
  ONE_OF(c, C);
  float sum = 0;
  for (int s = 0; s < chunks; s++) sum += partial[2 * s * C + c];
  mean[c] = sum / rows;
}

// inverse = 1 / sqrt(variance + eps), the running statistics, and the mean corrected by what is
// left of the deviations: its first value carries the rounding of a long sum.
kernel void statistics(
    IN(partial), OUT(mean), OUT(inverse), OUT(running_mean), OUT(running_variance), const int rows,
    const int C, const int chunks, const float momentum, const float eps) {
  OPEN_IN(partial);
  OPEN_OUT(mean);
  OPEN_OUT(inverse);
  OPEN_OUT(running_mean);
  OPEN_OUT(running_variance);
  ONE_OF(c, C);
  float sum = 0;
  float squares = 0;
  for (int s = 0; s < chunks; s++) {
    sum += partial[2 * s * C + c];
    squares += partial[(2 * s + 1) * C + c];
  }
  const float rest = sum / rows;
  const float corrected = isfinite(rest) ? mean[c] + rest : mean[c];
  squares -= rest * sum;
  mean[c] = corrected;
  inverse[c] = 1 / sqrt(squares / rows + eps);
  running_mean[c] += momentum * (corrected - running_mean[c]);
  running_variance[c] += momentum * (squares / (rows - 1) - running_variance[c]);
}

// inverse = 1 / sqrt(variance + eps).  One work-item: one channel.
kernel void inverse_deviation(IN(variance), OUT(inverse), const int C, const float eps) {
  OPEN_IN(variance);
  OPEN_OUT(inverse);
  ONE_OF(c, C);
  inverse[c] = 1 / sqrt(variance[c] + eps);
}

// y = (x - mean) inverse gamma + beta.  One work-item, n in all: V channels of one row.
kernel void normalize_rows(
    IN(x), IN(gamma), IN(beta), IN(mean), IN(inverse), OUT(y), const int n, const int C) {
  OPEN_IN(x);
  OPEN_IN(gamma);
  OPEN_IN(beta);
  OPEN_IN(mean);
  OPEN_IN(inverse);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int c = i % VECTORS(C) * V;
  const int at = i / VECTORS(C) * C + c;
  const int there = C - c;
  const VEC width = load_some(inverse + c, there);
  const VEC normal = (load_some(x + at, there) - load_some(mean + c, there)) * width;
  store_some(normal * load_some(gamma + c, there) + load_some(beta + c, there), y + at, there);
}

// partial = { sum of dy (x - mean) inverse, sum of dy }
kernel void sum_gradients(
    IN(x), IN(dy), IN(mean), IN(inverse), OUT(partial), const int rows, const int C,
    const int chunk) {
  OPEN_IN(x);
  OPEN_IN(dy);
  OPEN_IN(mean);
  OPEN_IN(inverse);
  OPEN_OUT(partial);
  ONE_OF(i, VECTORS(C));
  const int c = i * V;
  const int s = get_global_id(1);
  const int end = min(rows, (s + 1) * chunk);
  const VEC center = load_some(mean + c, C - c);
  const VEC width = load_some(inverse + c, C - c);
  VEC scale = 0;
  VEC shift = 0;
  for (int r = s * chunk; r < end; r++) {
    const VEC d = load_some(dy + r * C + c, C - c);
    scale += d * ((load_some(x + r * C + c, C - c) - center) * width);
    shift += d;
  }
  store_some(scale, partial + 2 * s * C + c, C - c);
  store_some(shift, partial + (2 * s + 1) * C + c, C - c);
}

// dx = gamma inverse (dy - dbeta / rows - normal dgamma / rows), both [2, C] = { dgamma, dbeta },
// normal = (x - mean) inverse.  One work-item, n in all: V channels of one row.
kernel void input_gradient(
    IN(x), IN(dy), IN(gamma), IN(mean), IN(inverse), IN(both), OUT(dx), const int n, const int C,
    const int rows) {
  OPEN_IN(x);
  OPEN_IN(dy);
  OPEN_IN(gamma);
  OPEN_IN(mean);
  OPEN_IN(inverse);
  OPEN_IN(both);
  OPEN_OUT(dx);
  ONE_OF(i, n);
  const int c = i % VECTORS(C) * V;
  const int at = i / VECTORS(C) * C + c;
  const int there = C - c;
  const VEC width = load_some(inverse + c, there);
  const VEC normal = (load_some(x + at, there) - load_some(mean + c, there)) * width;
  const VEC dgamma = load_some(both + c, there) / rows;
  const VEC dbeta = load_some(both + C + c, there) / rows;
  const VEC rest = load_some(dy + at, there) - dbeta - normal * dgamma;
  store_some(load_some(gamma + c, there) * width * rest, dx + at, there);
}
