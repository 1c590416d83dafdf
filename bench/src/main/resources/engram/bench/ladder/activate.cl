// Bias and leaky ReLU in a pass of their own, behind rungs 1 to 4.  y [m, n], bias [n].
// global: n, m
// local: 64, 1
kernel void activate(global const float *bias, global float *y, int m, int n, int k) {
  int j = get_global_id(0);
  int i = get_global_id(1);
  if (i >= m || j >= n) return;
  float v = y[i * n + j] + bias[j];
  y[i * n + j] = v > 0 ? v : 0.01f * v;
}
