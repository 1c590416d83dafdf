// Products of rows with rows: a [M, K], b [N, K] -> y [M, N], y[m, n] = sum over k of a[m, k] b[n, k],
// plus bias[n] if BIAS.  A fully connected layer, and the matrix product whose b is transposed.
// Constants: V floats in a vector; TM x TN tile of a work-item.
//
// One work-item (m tile, n tile): TM x TN sums of V lanes each; lanes run along k and are added at
// the end.  Loads per V steps of k: TM + TN vectors.  Tiles at the edges compute their last row or
// column several times and store it once.
kernel void linear(IN(a), IN(b), IN(bias), OUT(y), const int M, const int N, const int K) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_IN(bias);
  OPEN_OUT(y);
  const int m = get_global_id(0) * TM;
  const int n = get_global_id(1) * TN;
  if (m >= M || n >= N) return;
  global const float *of_a[TM];
  global const float *of_b[TN];
#pragma unroll
  for (int i = 0; i < TM; i++) of_a[i] = a + min(m + i, M - 1) * K;
#pragma unroll
  for (int j = 0; j < TN; j++) of_b[j] = b + min(n + j, N - 1) * K;
  VEC sum[TM][TN];
#pragma unroll
  for (int i = 0; i < TM; i++)
#pragma unroll
    for (int j = 0; j < TN; j++) sum[i][j] = 0;
  int k = 0;
  for (; k <= K - V; k += V) {
    VEC vb[TN];
#pragma unroll
    for (int j = 0; j < TN; j++) vb[j] = LOAD(of_b[j] + k);
#pragma unroll
    for (int i = 0; i < TM; i++) {
      const VEC va = LOAD(of_a[i] + k);
#pragma unroll
      for (int j = 0; j < TN; j++) sum[i][j] += va * vb[j];
    }
  }
#pragma unroll
  for (int i = 0; i < TM; i++)
#pragma unroll
    for (int j = 0; j < TN; j++) {
      float total = 0;
      LANE_SUM(total, sum[i][j]);
      for (int rest = k; rest < K; rest++) total += of_a[i][rest] * of_b[j][rest];
#if BIAS
      total += bias[min(n + j, N - 1)];
#endif
      if (m + i < M && n + j < N) y[(m + i) * N + n + j] = total;
    }
}
