// Matrix products for devices without fast local memory: no barrier, no local memory.
// op(a) [M, K], op(b) [K, N] -> y [M, N].
// Constants: V floats in a vector; TM x TN tile of a work-item, TN counted in vectors; TRANSPOSE_A,
// TRANSPOSE_B (only with PACKED_B, or for matmul_narrow).

// a [M, K], or [K, M] if TRANSPOSE_A, or in panels [M / TM, K, TM] if PACKED_A: the numbers of one step
// lie side by side and need one address in a register instead of TM.  b [K, N], or if PACKED_B in panels
// [N / W, K, W] of W = V TN columns: in a large b the rows of one panel lie a power of two apart and
// evict each other.
// One work-item (m tile, n tile): TM x TN vectors of y, accumulators in registers.
// Loads per k: TM scalars of a, TN vectors of b.  Arithmetic per load: 2 V TM TN / (TM + TN).
// Tiles at the lower edge compute their last row several times.  At the right edge, tiles of a packed
// b compute zeros; others move left, for which N must be W or more (see matmul_narrow).  All store
// only what is theirs.
// If ACTIVATION_MASK: y times slope where activation [M, N] is not above 0.  If SUMS: work-items beyond
// the row tiles sum a [K, M] over its rows into sums [M].
#if TRANSPOSE_A
#define A_ROW 1
#define A_STEP (size_t) M
#else
#define A_ROW K
#define A_STEP 1
#endif
#define W (V * TN)

kernel void matmul(
    IN(a), IN(b), IN(activation), OUT(y), OUT(sums), const int M, const int N, const int K,
    const int row_tiles, const float slope) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_IN(activation);
  OPEN_OUT(y);
  OPEN_OUT(sums);
#if SUMS
  const int beyond = get_global_id(0) - row_tiles;
  if (beyond >= 0 && beyond * V < M && get_global_id(1) == 0) {
    sum_of_rows(a, sums, 0, K, M, beyond * V);
  }
#endif
  const int first_row = get_global_id(0) * TM;
  const int first_column = get_global_id(1) * W;
  if (first_row >= M || first_column >= N) return;
#if PACKED_B
  const int column = first_column;
  global const float *panel = b + first_column * K;
  const int step = W;
#else
  const int column = min(first_column, N - W);
  global const float *panel = b + column;
  const int step = N;
#endif
  global const float *of_a[TM];
#if PACKED_A
  const size_t a_step = TM;
#pragma unroll
  for (int i = 0; i < TM; i++) of_a[i] = a + first_row * K + i;
#else
  const size_t a_step = A_STEP;
#pragma unroll
  for (int i = 0; i < TM; i++) of_a[i] = a + min(first_row + i, M - 1) * A_ROW;
#endif
  VEC sum[TM][TN];
#pragma unroll
  for (int i = 0; i < TM; i++)
#pragma unroll
    for (int j = 0; j < TN; j++) sum[i][j] = 0;
  // One size_t counts for all rows: an int would be widened again for every load of a.
  for (size_t k = 0; k < (size_t) K; k++) {
    VEC of_b[TN];
#pragma unroll
    for (int j = 0; j < TN; j++) of_b[j] = LOAD(panel + j * V);
    panel += step;
#pragma unroll
    for (int i = 0; i < TM; i++) {
      const float value = of_a[i][k * a_step];
#pragma unroll
      for (int j = 0; j < TN; j++) sum[i][j] += value * of_b[j];
    }
  }
#pragma unroll
  for (int i = 0; i < TM; i++) {
    if (first_row + i < M) {
      global float *of_y = y + (first_row + i) * N;
#pragma unroll
      for (int j = 0; j < TN; j++) {
        const int at = column + j * V;
#if ACTIVATION_MASK
        global const float *of_row = activation + (first_row + i) * N + at;
        const VEC active = load_some(of_row, N - at);
        sum[i][j] = select(slope * sum[i][j], sum[i][j], isgreater(active, (VEC)0));
#endif
        if (at >= first_column && at + V <= N) {
          STORE(sum[i][j], of_y + at);
        } else {
          float lanes[V];
          STORE(sum[i][j], lanes);
          for (int l = max(first_column - at, 0); l < min(V, N - at); l++) of_y[at + l] = lanes[l];
        }
      }
    }
  }
}

// a [M, K], or [K, M] if TRANSPOSE_A -> y [ceil(M / TM), K, TM], the last row again beyond M.  One
// work-item: RUN steps of one panel, n in all.
kernel void pack_a(IN(a), OUT(y), const int n, const int M, const int K) {
  OPEN_IN(a);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int runs = (K + RUN - 1) / RUN;
  const int row = i / runs * TM;
  const int from = i % runs * RUN;
  for (int k = from; k < min(from + RUN, K); k++)
#pragma unroll
    for (int r = 0; r < TM; r++) {
      y[row * K + k * TM + r] = a[min(row + r, M - 1) * A_ROW + k * A_STEP];
    }
}

// b [K, N], or [N, K] if TRANSPOSE_B -> y [ceil(N / W), K, W], zeros beyond N.  One work-item: one row of
// a panel, n in all.
kernel void pack_b(IN(b), OUT(y), const int n, const int N, const int K) {
  OPEN_IN(b);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int column = i / K * W;
  const int k = i % K;
#if TRANSPOSE_B
  for (int l = 0; l < W; l++) y[i * W + l] = column + l < N ? b[(column + l) * K + k] : 0;
#else
  global const float *row = b + k * N + column;
#pragma unroll
  for (int j = 0; j < TN; j++) STORE(load_some(row + j * V, N - column - j * V), y + i * W + j * V);
#endif
}

// As matmul, for any N and b also [N, K] if TRANSPOSE_B.  One work-item: one element of y.
kernel void matmul_narrow(
    IN(a), IN(b), IN(activation), OUT(y), OUT(sums), const int M, const int N, const int K,
    const int row_tiles, const float slope) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_IN(activation);
  OPEN_OUT(y);
  OPEN_OUT(sums);
#if SUMS
  if (get_global_id(0) < (M + V - 1) / V) sum_of_rows(a, sums, 0, K, M, get_global_id(0) * V);
#endif
  ONE_OF(i, M * N);
  float sum = 0;
  for (int k = 0; k < K; k++) {
    const float of_b = TRANSPOSE_B ? b[i % N * K + k] : b[k * N + i % N];
    sum += a[i / N * A_ROW + k * A_STEP] * of_b;
  }
  if (ACTIVATION_MASK) sum = activation[i] > 0 ? sum : slope * sum;
  y[i] = sum;
}
