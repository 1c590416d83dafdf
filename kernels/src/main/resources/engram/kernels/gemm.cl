// Matrix products for GPUs, and convolutions as such products (implicit GEMM: the matrix of patches
// is read from the image and never stored).
//
// y [M, N] = sum over k < K of A(m, k) B(k, n).  KIND says what A and B are:
//
//   MATMUL           A = a [M, K], or [K, M] if TRANSPOSE_A; B = b [K, N], or [N, K] if TRANSPOSE_B
//   FORWARD          m a pixel of y [images, OH, OW, N], k = (ky, kx, c); a = x [images, H, W, C],
//                    b = w [KH, KW, C, N].  With POOL == 2 four neighbours in m are one window.
//   INPUT_GRADIENT   m a pixel of dx [images, H, W, N], k = (ky, kx, o); a = dy [images, OH, OW, O],
//                    b = w [KH, KW, N, O]
//   WEIGHT_GRADIENT  m = (ky, kx, c), k a pixel of dy; a = x [images, H, W, C], b = dy [images, OH, OW, N]
//
// With POOLED the output gradient lies behind a 2 x 2 pooling: dy and index [images, OH/2, OW/2, ..],
// zero but for the pixel of each window that won.
// Constants of convolutions: H, W, C, OH, OW, O, KW, STRIDE, PADDING.
//
// One work-group: BM x BN of y.  Per step of BK, the group copies BK x BM of A and BK x BN of B to local
// memory, while each work-item already fetches its share of the next step into registers.
// One work-item: TM x TN of y in registers, as groups of 4 x 4 that lie BM 4/TM and BN 4/TN apart, so
// that neighbours read neighbouring float4 of local memory.
// Loads per k and work-item: (TM + TN) / 4 float4.  Arithmetic per load: 8 TM TN / (TM + TN).
// One more work-group, if there is one, sums the output gradient, sum_rows rows (for a MATMUL a, which is
// transposed then), into sums [S, its columns].
// Split-K: get_group_id(1) = s sums k from s slice on, into y [S, M, N]; the parts are added in order.

#define MATMUL 0
#define FORWARD 1
#define INPUT_GRADIENT 2
#define WEIGHT_GRADIENT 3

#define ITEMS ((BM / TM) * (BN / TN))
#define SHARE_A (BM * BK / ITEMS)
#define SHARE_B (BN * BK / ITEMS)
#define PAD 4

#if KIND != MATMUL
// Element c of the pixel (image, row, column) of x, 0 outside of it.
static float pixel(global const float *x, const int image, const int row, const int column, const int c) {
  const bool inside = row >= 0 && row < H && column >= 0 && column < W;
  return inside ? x[((image * H + row) * W + column) * C + c] : 0;
}

// Element o of the output gradient at (image, p, q), which lies inside.
static float gradient(
    global const float *dy, global const float *index, const int image, const int p, const int q,
    const int o) {
#if POOLED
  if (p / 2 >= OH / 2 || q / 2 >= OW / 2) return 0;
  const int at = ((image * (OH / 2) + p / 2) * (OW / 2) + q / 2) * O + o;
  return index[at] == p % 2 * 2 + q % 2 ? dy[at] : 0;
#else
  return dy[((image * OH + p) * OW + q) * O + o];
#endif
}
#endif

static float a_at(
    global const float *a, global const float *index, const int m, const int k, const int M,
    const int K) {
#if KIND == MATMUL
  return TRANSPOSE_A ? a[k * M + m] : a[m * K + k];
#elif KIND == FORWARD
  const int at = POOL == 2 ? m / 4 : m;
  const int q = at % (OW / POOL) * POOL + (POOL == 2 ? m % 2 : 0);
  const int p = at / (OW / POOL) % (OH / POOL) * POOL + (POOL == 2 ? m % 4 / 2 : 0);
  const int row = p * STRIDE - PADDING + k / (KW * C);
  const int column = q * STRIDE - PADDING + k / C % KW;
  return pixel(a, at / ((OW / POOL) * (OH / POOL)), row, column, k % C);
#elif KIND == INPUT_GRADIENT
  const int row = m / W % H + PADDING - k / (KW * O);
  const int column = m % W + PADDING - k / O % KW;
  const bool inside = row >= 0 && column >= 0 && row % STRIDE == 0 && column % STRIDE == 0 &&
                      row / STRIDE < OH && column / STRIDE < OW;
  return inside ? gradient(a, index, m / (W * H), row / STRIDE, column / STRIDE, k % O) : 0;
#else
  const int row = k / OW % OH * STRIDE - PADDING + m / (KW * C);
  const int column = k % OW * STRIDE - PADDING + m / C % KW;
  return pixel(a, k / (OW * OH), row, column, m % C);
#endif
}

static float b_at(
    global const float *b, global const float *index, const int k, const int n, const int N,
    const int K) {
#if KIND == MATMUL
  return TRANSPOSE_B ? b[n * K + k] : b[k * N + n];
#elif KIND == FORWARD
  return b[k * N + n];
#elif KIND == INPUT_GRADIENT
  return b[(k / O * N + n) * O + k % O];
#else
  return gradient(b, index, k / (OW * OH), k / OW % OH, k % OW, n);
#endif
}

// Which of the two indices neighbouring work-items count up: the one along which memory runs.
#if KIND == FORWARD || KIND == INPUT_GRADIENT || (KIND == MATMUL && !TRANSPOSE_A)
#define A_M(e) ((e) / BK)
#define A_K(e) ((e) % BK)
#else
#define A_M(e) ((e) % BM)
#define A_K(e) ((e) / BM)
#endif
#if KIND == INPUT_GRADIENT || (KIND == MATMUL && TRANSPOSE_B)
#define B_N(e) ((e) / BK)
#define B_K(e) ((e) % BK)
#else
#define B_N(e) ((e) % BN)
#define B_K(e) ((e) / BN)
#endif

// This work-item's share of the step at k, zeros beyond the edges.
static void fetch(
    global const float *a, global const float *b, global const float *index, float *next_a,
    float *next_b, const int first_m, const int first_n, const int k, const int end, const int M,
    const int N, const int K) {
  const int item = get_local_id(0);
#pragma unroll
  for (int i = 0; i < SHARE_A; i++) {
    const int m = first_m + A_M(item + i * ITEMS);
    const int at = k + A_K(item + i * ITEMS);
    next_a[i] = m < M && at < end ? a_at(a, index, m, at, M, K) : 0;
  }
#pragma unroll
  for (int i = 0; i < SHARE_B; i++) {
    const int n = first_n + B_N(item + i * ITEMS);
    const int at = k + B_K(item + i * ITEMS);
    next_b[i] = n < N && at < end ? b_at(b, index, at, n, N, K) : 0;
  }
}

// What follows the sums: pooling, bias, rectifier; or the gradient of a rectifier, whose result was gate.
static void finish(
    float *rows, global const float *bias, global const float *gate, global float *y,
    global float *places, const int m, const int n, const int M, const int N, const float slope) {
#if POOL == 2
  if (m >= M || n >= N) return;
  float value = rows[0];
  int place = 0;
  for (int r = 1; r < 4; r++) {
    if (rows[r] > value || isnan(rows[r])) {
      value = rows[r];
      place = r;
    }
  }
  const int from = m / 4;
  const int to = from + 1;
  places[from * N + n] = place;
#else
  const int from = m;
  const int to = min(m + 4, M);
  if (n >= N) return;
#endif
  for (int at = from; at < to; at++) {
#if POOL != 2
    float value = rows[at - from];
#endif
    if (BIAS) value += bias[n];
    if (RECTIFIER) value = value > 0 ? value : slope * value;
    if (GATE) value = gate[at * N + n] > 0 ? value : slope * value;
    y[at * N + n] = value;
  }
}

// sums[s, c] = sum over part s of the rows of d [rows, columns].  The work of one group.
static void sum_rows_of(
    global const float *d, global float *sums, const int columns, const int rows) {
  const int s = get_group_id(1);
  const int part = (rows + get_num_groups(1) - 1) / get_num_groups(1);
  for (int c = get_local_id(0); c < columns; c += ITEMS) {
    float sum = 0;
    for (int r = s * part; r < min(rows, (s + 1) * part); r++) sum += d[r * columns + c];
    sums[s * columns + c] = sum;
  }
}

kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void gemm(
    IN(a), IN(b), IN(index), IN(bias), IN(gate), OUT(y), OUT(places), OUT(sums), const int M,
    const int N, const int K, const int slice, const int sum_rows, const float slope) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_IN(index);
  OPEN_IN(bias);
  OPEN_IN(gate);
  OPEN_OUT(y);
  OPEN_OUT(places);
  OPEN_OUT(sums);
  local float tile_a[BK * (BM + PAD)] __attribute__((aligned(16)));
  local float tile_b[BK * (BN + PAD)] __attribute__((aligned(16)));
  const int item = get_local_id(0);
  const int across = (N + BN - 1) / BN;
  const int first_m = get_group_id(0) / across * BM;
  if (first_m >= M) {
    sum_rows_of(KIND == MATMUL ? a : b, sums, KIND == MATMUL ? M : N, sum_rows);
    return;
  }
  const int first_n = get_group_id(0) % across * BN;
  const int s = get_group_id(1);
  const int end = min(K, (s + 1) * slice);
  const int my_n = item % (BN / TN) * 4;
  const int my_m = item / (BN / TN) * 4;

  float4 sum[TM][TN / 4];
#pragma unroll
  for (int i = 0; i < TM; i++)
#pragma unroll
    for (int j = 0; j < TN / 4; j++) sum[i][j] = 0;
  float next_a[SHARE_A];
  float next_b[SHARE_B];
  // One step ahead: what is fetched in a round is stored at its end and used in the next.
  for (int k = s * slice - BK; k < end; k += BK) {
    const bool more = k + BK < end;
    if (more) fetch(a, b, index, next_a, next_b, first_m, first_n, k + BK, end, M, N, K);
    if (k >= s * slice) {
#pragma unroll
      for (int step = 0; step < BK; step++) {
        float4 of_b[TN / 4];
#pragma unroll
        for (int j = 0; j < TN / 4; j++) {
          of_b[j] = *(local const float4 *) (tile_b + step * (BN + PAD) + my_n + j * (BN * 4 / TN));
        }
#pragma unroll
        for (int i = 0; i < TM / 4; i++) {
          const float4 of_a =
              *(local const float4 *) (tile_a + step * (BM + PAD) + my_m + i * (BM * 4 / TM));
#pragma unroll
          for (int j = 0; j < TN / 4; j++) {
            sum[4 * i][j] += of_a.x * of_b[j];
            sum[4 * i + 1][j] += of_a.y * of_b[j];
            sum[4 * i + 2][j] += of_a.z * of_b[j];
            sum[4 * i + 3][j] += of_a.w * of_b[j];
          }
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (more) {
#pragma unroll
      for (int i = 0; i < SHARE_A; i++) {
        tile_a[A_K(item + i * ITEMS) * (BM + PAD) + A_M(item + i * ITEMS)] = next_a[i];
      }
#pragma unroll
      for (int i = 0; i < SHARE_B; i++) {
        tile_b[B_K(item + i * ITEMS) * (BN + PAD) + B_N(item + i * ITEMS)] = next_b[i];
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }

  global float *part = y + s * M * N;
#pragma unroll
  for (int i = 0; i < TM / 4; i++)
#pragma unroll
    for (int j = 0; j < TN / 4; j++) {
      const int m = first_m + my_m + i * (BM * 4 / TM);
      const int n = first_n + my_n + j * (BN * 4 / TN);
#define COLUMN(lane, add)                                                                     \
  do {                                                                                        \
    float rows[4] = {sum[4 * i][j].lane, sum[4 * i + 1][j].lane, sum[4 * i + 2][j].lane,     \
                     sum[4 * i + 3][j].lane};                                                 \
    finish(rows, bias, gate, part, places, m, n + add, M, N, slope);                          \
  } while (0)
      COLUMN(x, 0);
      COLUMN(y, 1);
      COLUMN(z, 2);
      COLUMN(w, 3);
    }
}
