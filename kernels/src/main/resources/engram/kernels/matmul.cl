// Matrix products for devices without fast local memory: no barrier, no local memory.
// op(a) [M, K], op(b) [K, N] -> y [M, N].
// Constants: V floats in a vector; TM x TN tile of a work-item, for "matmul" TN counted in vectors.

// b [K, N]; a [M, K], or [K, M] if TRANSPOSE_A.
// One work-item (m tile, n tile): TM x TN vectors of y, accumulators in registers.
// Loads per k: TM scalars of a, TN vectors of b.  Arithmetic per load: 2 V TM TN / (TM + TN).
// Tiles at the lower edge compute their last row several times, tiles at the right edge move left;
// both store only what is theirs.  N must be V TN or more: see matmul_narrow.
#ifdef TRANSPOSE_A
#define A(m, k) a[(k) * M + (m)]
#else
#define A(m, k) a[(m) * K + (k)]
#endif

kernel void matmul(IN(a), IN(b), OUT(y), const int M, const int N, const int K) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_OUT(y);
  const int first_row = get_global_id(0) * TM;
  const int first_column = get_global_id(1) * V * TN;
  if (first_row >= M || first_column >= N) return;
  const int column = min(first_column, N - V * TN);
  int row[TM];
#pragma unroll
  for (int i = 0; i < TM; i++) row[i] = min(first_row + i, M - 1);
  VEC sum[TM][TN];
#pragma unroll
  for (int i = 0; i < TM; i++)
#pragma unroll
    for (int j = 0; j < TN; j++) sum[i][j] = 0;
  for (int k = 0; k < K; k++) {
    VEC of_b[TN];
#pragma unroll
    for (int j = 0; j < TN; j++) of_b[j] = LOAD(b + k * N + column + j * V);
#pragma unroll
    for (int i = 0; i < TM; i++) {
      const float of_a = A(row[i], k);
#pragma unroll
      for (int j = 0; j < TN; j++) sum[i][j] += of_a * of_b[j];
    }
  }
#pragma unroll
  for (int i = 0; i < TM; i++) {
    if (first_row + i < M) {
#pragma unroll
      for (int j = 0; j < TN; j++) {
        const int at = column + j * V;
        if (at >= first_column) {
          STORE(sum[i][j], y + (first_row + i) * N + at);
        } else if (at + V > first_column) {
          float lanes[V];
          STORE(sum[i][j], lanes);
          for (int l = first_column - at; l < V; l++) y[(first_row + i) * N + at + l] = lanes[l];
        }
      }
    }
  }
}

// As matmul, for any N.  One work-item: one element of y.
kernel void matmul_narrow(IN(a), IN(b), OUT(y), const int M, const int N, const int K) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_OUT(y);
  ONE_OF(i, M * N);
  float sum = 0;
  for (int k = 0; k < K; k++) sum += A(i / N, k) * b[k * N + i % N];
  y[i] = sum;
}

// a [K, M], b [N, K]: both transposed.  One work-item: one element of y.
kernel void matmul_both_transposed(IN(a), IN(b), OUT(y), const int M, const int N, const int K) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_OUT(y);
  ONE_OF(i, M * N);
  float sum = 0;
  for (int k = 0; k < K; k++) sum += a[k * M + i / N] * b[i % N * K + k];
  y[i] = sum;
}
