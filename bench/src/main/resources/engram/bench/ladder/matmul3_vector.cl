// Rung 3: vector loads.  One work-item: eight sums of a row.  A step loads one number of a and eight
// neighbours of b at once: nine numbers in two loads feed eight multiply-adds.
// n is a multiple of 8.
// global: n / 8, m
// local: 8, 4
kernel void product(
    global const float *a, global const float *b, global float *y, int m, int n, int k) {
  int j = 8 * get_global_id(0);
  int i = get_global_id(1);
  if (i >= m || j >= n) return;
  float8 sum = 0;
  for (int t = 0; t < k; t++) {
    sum = fma((float8)(a[i * k + t]), vload8(0, b + t * n + j), sum);
  }
  vstore8(sum, 0, y + i * n + j);
}
