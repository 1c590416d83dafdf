// Rung 5: fused.  The tile of rung 4; bias and leaky ReLU are done while the sums are in registers:
// no second kernel, no second pass over y.  With a slope between 0 and 1 the rectifier is a maximum.
// m is a multiple of 4, n of 16.
// global: n / 16, m / 4
// local: 4, 4
#define FINISHED(sum, bias) fmax((sum) + (bias), 0.01f * ((sum) + (bias)))

kernel void product(
    global const float *a, global const float *b, global const float *bias, global float *y, int m,
    int n, int k) {
  int j = 16 * get_global_id(0);
  int i = 4 * get_global_id(1);
  if (i >= m || j >= n) return;
  float8 s00 = 0, s01 = 0, s10 = 0, s11 = 0, s20 = 0, s21 = 0, s30 = 0, s31 = 0;
  for (int t = 0; t < k; t++) {
    float8 b0 = vload8(0, b + t * n + j);
    float8 b1 = vload8(0, b + t * n + j + 8);
    float8 a0 = a[i * k + t];
    s00 = fma(a0, b0, s00);
    s01 = fma(a0, b1, s01);
    float8 a1 = a[(i + 1) * k + t];
    s10 = fma(a1, b0, s10);
    s11 = fma(a1, b1, s11);
    float8 a2 = a[(i + 2) * k + t];
    s20 = fma(a2, b0, s20);
    s21 = fma(a2, b1, s21);
    float8 a3 = a[(i + 3) * k + t];
    s30 = fma(a3, b0, s30);
    s31 = fma(a3, b1, s31);
  }
  float8 bias0 = vload8(0, bias + j);
  float8 bias1 = vload8(0, bias + j + 8);
  global float *to = y + i * n + j;
  vstore8(FINISHED(s00, bias0), 0, to);
  vstore8(FINISHED(s01, bias1), 0, to + 8);
  vstore8(FINISHED(s10, bias0), 0, to + n);
  vstore8(FINISHED(s11, bias1), 0, to + n + 8);
  vstore8(FINISHED(s20, bias0), 0, to + 2 * n);
  vstore8(FINISHED(s21, bias1), 0, to + 2 * n + 8);
  vstore8(FINISHED(s30, bias0), 0, to + 3 * n);
  vstore8(FINISHED(s31, bias1), 0, to + 3 * n + 8);
}
