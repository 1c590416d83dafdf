// Rung 1: the definition.  y [m, n] = a [m, k] b [k, n].
// One work-item: one sum.  Loads per multiply-add: one of a, one of b.  Neighbours in x read
// neighbouring columns of b, so a device that runs them side by side reads b in order.
// global: n, m
// local: 16, 16
kernel void product(
    global const float *a, global const float *b, global float *y, int m, int n, int k) {
  int j = get_global_id(0);
  int i = get_global_id(1);
  if (i >= m || j >= n) return;
  float sum = 0;
  for (int t = 0; t < k; t++) {
    sum += a[i * k + t] * b[t * n + j];
  }
  y[i * n + j] = sum;
}
