// Sums over the middle axis: x [outer, count, inner] -> y [outer, inner], outputs = outer * inner.
// Long sums are cut into chunks by shape alone and the partial sums added in order, so a result has
// the same bits on every run. Each sum carries what rounding has lost (Kahan 1965), so that a norm of
// a million gradients keeps its digits on devices without doubles.

#include "squares.h"

#define SUM_OF(type, sum) type sum = 0, sum##_lost = 0
#define ADD(type, sum, value)                               \
  do {                                                      \
    const type next = (value) - sum##_lost;                 \
    const type total = sum + next;                          \
    const type lost = (total - sum) - next;                 \
    sum##_lost = select((type)0, lost, isfinite(lost));     \
    sum = total;                                            \
  } while (0)

#ifdef V
// Constant: V.  One work-item (i, s), n of i: partial[s, outer, c .. c + V - 1] = sums over chunk
// s of count.
kernel void sum_chunks(
    IN(x), OUT(partial), const int n, const int outputs, const int inner, const int count,
    const int chunk) {
  OPEN_IN(x);
  OPEN_OUT(partial);
  ONE_OF(i, n);
  const int s = get_global_id(1);
  const int end = min(count, (s + 1) * chunk);
  const int c = i % VECTORS(inner) * V;
  const int outer = i / VECTORS(inner);
  global const float *first = x + outer * count * inner + c;
  SUM_OF(VEC, sum);
  for (int k = s * chunk; k < end; k++) ADD(VEC, sum, load_some(first + k * inner, inner - c));
  store_some(sum, partial + s * outputs + outer * inner + c, inner - c);
}
#endif

// As sum_chunks, of (a - b)^2.  a, b [count] -> partial [chunks]; outputs and inner are 1.
kernel void sum_squared_differences(
    IN(a), IN(b), OUT(partial), const int count, const int chunk, const int chunks) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_OUT(partial);
  ONE_OF(s, chunks);
  const int end = min(count, (s + 1) * chunk);
  SUM_OF(float, sum);
  for (int k = s * chunk; k < end; k++) ADD(float, sum, (a[k] - b[k]) * (a[k] - b[k]));
  partial[s] = sum;
}

// As sum_chunks, of x^2: partial [chunks, 2], those of numbers whose squares may not fit into a float
// second, as squares of LARGE_UNIT x.
kernel void sum_squares(IN(x), OUT(partial), const int count, const int chunk, const int chunks) {
  OPEN_IN(x);
  OPEN_OUT(partial);
  ONE_OF(s, chunks);
  const int end = min(count, (s + 1) * chunk);
  SUM_OF(float, sum);
  SUM_OF(float, large);
  for (int k = s * chunk; k < end; k++) {
    if (fabs(x[k]) > LARGE) {
      ADD(float, large, x[k] * LARGE_UNIT * (x[k] * LARGE_UNIT));
    } else {
      ADD(float, sum, x[k] * x[k]);
    }
  }
  partial[2 * s] = sum;
  partial[2 * s + 1] = large;
}

// One work-item: y[i] = scale * sum over s of partial[s, i], in order of s.
kernel void add_chunks(
    IN(partial), OUT(y), const int outputs, const int chunks, const float scale) {
  OPEN_IN(partial);
  OPEN_OUT(y);
  ONE_OF(i, outputs);
  SUM_OF(float, sum);
  for (int s = 0; s < chunks; s++) ADD(float, sum, partial[s * outputs + i]);
  y[i] = scale * sum;
}

// One work-item: y[i] = sum over s < S of partial[s, i], in order of s, plus bias[i % columns] if there
// are columns.  y [n].
kernel void add_biased_parts(
    IN(partial), IN(bias), OUT(y), const int n, const int S, const int columns) {
  OPEN_IN(partial);
  OPEN_IN(bias);
  OPEN_OUT(y);
  ONE_OF(i, n);
  float sum = 0;
  for (int s = 0; s < S; s++) sum += partial[s * n + i];
  y[i] = columns > 0 ? sum + bias[i % columns] : sum;
}
