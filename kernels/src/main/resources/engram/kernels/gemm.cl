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
// zero but for the pixel of each window's maximum.
// Constants of convolutions: H, W, C, OH, OW, O, KW, STRIDE, PADDING.
//
// One work-group: BM x BN of y.  Per step of BK, the group copies BK x BM of A and BK x BN of B to local
// memory, where there is room for two steps: while one is used, each work-item already fetches its
// share of the next, VA (VB) numbers at a time, 4 where rows of the operand are that well aligned.
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
#define SHARE_A (BM * BK / VA / ITEMS)
#define SHARE_B (BN * BK / VB / ITEMS)
#define PAD 4
#define TILE_A (BK * (BM + PAD))
#define TILE_B (BK * (BN + PAD))

#include "gemm_operands.h"

// Element e of a step, as (m, k) and as (n, k).  Neighbouring work-items count up the index along which
// memory runs.
#if KIND == FORWARD || KIND == INPUT_GRADIENT || (KIND == MATMUL && !TRANSPOSE_A)
#define A_ALONG_K 1
#define A_M(e) ((e) / (BK / VA))
#define A_K(e) ((e) % (BK / VA) * VA)
#else
#define A_ALONG_K 0
#define A_M(e) ((e) % (BM / VA) * VA)
#define A_K(e) ((e) / (BM / VA))
#endif
#if KIND == INPUT_GRADIENT || (KIND == MATMUL && TRANSPOSE_B)
#define B_ALONG_K 1
#define B_N(e) ((e) / (BK / VB))
#define B_K(e) ((e) % (BK / VB) * VB)
#else
#define B_ALONG_K 0
#define B_N(e) ((e) % (BN / VB) * VB)
#define B_K(e) ((e) / (BN / VB))
#endif

// This work-item's share of the step at k, zeros beyond the edges.
static void fetch(
    global const float *a, global const float *b, global const float *index, float4 *next_a,
    float4 *next_b, const int first_m, const int first_n, const int k, const int end, const int M,
    const int N, const int K) {
  const uint item = get_local_id(0);
#pragma unroll
  for (uint i = 0; i < SHARE_A; i++) {
    const uint e = item + i * ITEMS;
    const int4 at = a_of_m(first_m + A_M(e), M, K) + a_of_k(k + A_K(e), end, M);
    next_a[i] = a_at(a, index, at, VA);
  }
#pragma unroll
  for (uint i = 0; i < SHARE_B; i++) {
    const uint e = item + i * ITEMS;
    const int4 at = b_of_n(first_n + B_N(e), N, K) + b_of_k(k + B_K(e), end, N);
    next_b[i] = b_at(b, index, at, VB);
  }
}

// Puts a number, or four, where element (i, k) of a tile [BK, stride] begins.
static void put(
    local float *tile, const int stride, const uint i, const uint k, const float4 values,
    const int width, const bool along_k) {
  local float *to = tile + k * stride + i;
  if (width == 1) {
    *to = values.x;
  } else if (along_k) {
    to[0] = values.x;
    to[stride] = values.y;
    to[2 * stride] = values.z;
    to[3 * stride] = values.w;
  } else {
    *(local float4 *) to = values;
  }
}

static void keep(
    local float *tile_a, local float *tile_b, const float4 *next_a, const float4 *next_b) {
  const uint item = get_local_id(0);
#pragma unroll
  for (uint i = 0; i < SHARE_A; i++) {
    const uint e = item + i * ITEMS;
    put(tile_a, BM + PAD, A_M(e), A_K(e), next_a[i], VA, A_ALONG_K);
  }
#pragma unroll
  for (uint i = 0; i < SHARE_B; i++) {
    const uint e = item + i * ITEMS;
    put(tile_b, BN + PAD, B_N(e), B_K(e), next_b[i], VB, B_ALONG_K);
  }
}

// Columns n .. n + 3 of the row p, 0 where there are none.
static float4 load_columns(global const float *p, const int n, const int N) {
  if (VY == 4) return *(global const float4 *) (p + n);
  float lanes[4];
#pragma unroll
  for (int l = 0; l < 4; l++) lanes[l] = n + l < N ? p[n + l] : 0;
  return vload4(0, lanes);
}

static void store_columns(const float4 value, global float *p, const int n, const int N) {
  if (VY == 4) {
    *(global float4 *) (p + n) = value;
  } else {
    float lanes[4];
    vstore4(value, 0, lanes);
    for (int l = 0; l < min(4, N - n); l++) p[n + l] = lanes[l];
  }
}

// What follows the sums of columns n .. n + 3 of one row, or of a window of four rows that is row m
// then: pooling, bias, what is beside as a residual, leaky ReLU; or the gradient behind a leaky ReLU,
// whose result is beside.
static void finish(
    const float4 *rows, global const float *bias, global const float *beside, global float *y,
    global float *argmax_of_y, const int m, const int n, const int N, const float slope) {
  float4 value = rows[0];
#if POOL == 2
  // Of equal numbers the first is taken, NaN is larger than all, as max_pool2d has it.
  float4 argmax = 0;
#pragma unroll
  for (int r = 1; r < 4; r++) {
    const int4 better = isgreater(rows[r], value) | isnan(rows[r]);
    value = select(value, rows[r], better);
    argmax = select(argmax, (float4) r, better);
  }
  store_columns(argmax, argmax_of_y + m * N, n, N);
#endif
  if (BIAS) value += load_columns(bias, n, N);
  if (RESIDUAL) value += load_columns(beside + m * N, n, N);
  if (RELU == 1) value = select(slope * value, value, isgreater(value, (float4) 0));
  if (RELU == 2) value = select(value, (float4) 0, islessequal(value, (float4) 0));
  if (ACTIVATION_MASK) {
    const float4 active = load_columns(beside + m * N, n, N);
    value = select(slope * value, value, isgreater(active, (float4) 0));
  }
  store_columns(value, y + m * N, n, N);
}

// sums[s, c] = sum over part s of the rows of d [rows, columns].  The work of one group: for each column
// a few work-items take every so-manieth row, and the first of them adds up their sums.
static void sum_rows_of(
    global const float *d, global float *sums, const int columns, const int rows,
    local float *partial) {
  const int item = get_local_id(0);
  const int s = get_group_id(1);
  const int part = (rows + get_num_groups(1) - 1) / get_num_groups(1);
  const int end = min(rows, (s + 1) * part);
  const int lanes = max(1, ITEMS / columns);
  const int lane = item / columns;
  for (int first = 0; first < columns; first += ITEMS) {
    const int c = first + item % columns;
    float sum = 0;
    if (lane < lanes && c < columns) {
#pragma unroll 8
      for (int r = s * part + lane; r < end; r += lanes) sum += d[r * columns + c];
    }
    partial[item] = sum;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lane == 0 && c < columns) {
      for (int l = 1; l < lanes; l++) sum += partial[l * columns + item];
      sums[s * columns + c] = sum;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}

kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void gemm(
    IN(a), IN(b), IN(index), IN(bias), IN(beside), OUT(y), OUT(argmax_of_y), OUT(sums),
    const int M, const int N, const int K, const int slice, const int sum_rows, const float slope) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_IN(index);
  OPEN_IN(bias);
  OPEN_IN(beside);
  OPEN_OUT(y);
  OPEN_OUT(argmax_of_y);
  OPEN_OUT(sums);
  local float tile_a[2 * TILE_A] __attribute__((aligned(16)));
  local float tile_b[2 * TILE_B] __attribute__((aligned(16)));
  const int item = get_local_id(0);
  const int across = (N + BN - 1) / BN;
  const int first_m = get_group_id(0) / across * BM;
  if (first_m >= M) {
    sum_rows_of(KIND == MATMUL ? a : b, sums, KIND == MATMUL ? M : N, sum_rows, tile_a);
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
  float4 next_a[SHARE_A];
  float4 next_b[SHARE_B];
  fetch(a, b, index, next_a, next_b, first_m, first_n, s * slice, end, M, N, K);
  keep(tile_a, tile_b, next_a, next_b);
  barrier(CLK_LOCAL_MEM_FENCE);
  int now = 0;
  for (int k = s * slice; k < end; k += BK) {
    const bool more = k + BK < end;
    if (more) fetch(a, b, index, next_a, next_b, first_m, first_n, k + BK, end, M, N, K);
    local const float *from_a = tile_a + now * TILE_A + my_m;
    local const float *from_b = tile_b + now * TILE_B + my_n;
#pragma unroll
    for (int step = 0; step < BK; step++) {
      float4 of_b[TN / 4];
#pragma unroll
      for (int j = 0; j < TN / 4; j++) {
        of_b[j] = *(local const float4 *) (from_b + step * (BN + PAD) + j * (BN * 4 / TN));
      }
#pragma unroll
      for (int i = 0; i < TM / 4; i++) {
        const float4 of_a =
            *(local const float4 *) (from_a + step * (BM + PAD) + i * (BM * 4 / TM));
#pragma unroll
        for (int j = 0; j < TN / 4; j++) {
          sum[4 * i][j] += of_a.x * of_b[j];
          sum[4 * i + 1][j] += of_a.y * of_b[j];
          sum[4 * i + 2][j] += of_a.z * of_b[j];
          sum[4 * i + 3][j] += of_a.w * of_b[j];
        }
      }
    }
    now = 1 - now;
    if (more) keep(tile_a + now * TILE_A, tile_b + now * TILE_B, next_a, next_b);
    barrier(CLK_LOCAL_MEM_FENCE);
  }

  global float *part = y + s * M * N;
#pragma unroll
  for (int i = 0; i < TM; i += POOL == 2 ? 4 : 1)
#pragma unroll
    for (int j = 0; j < TN / 4; j++) {
      const int m = first_m + my_m + i / 4 * (BM * 4 / TM) + i % 4;
      const int n = first_n + my_n + j * (BN * 4 / TN);
      if (m >= M || n >= N) continue;
      float4 rows[4] = {sum[i][j], sum[min(i + 1, TM - 1)][j], sum[min(i + 2, TM - 1)][j],
                        sum[min(i + 3, TM - 1)][j]};
      finish(rows, bias, beside, part, argmax_of_y, POOL == 2 ? m / 4 : m, n, N, slope);
    }
}
