// Rung 2: tiles in local memory.  A group of T x T work-items loads a tile of a and one of b
// together and uses each number T times: T times fewer loads from global memory.
// On a processor local memory is memory like any other, and a barrier splits the kernel's loop.
// global: n, m
// local: 16, 16
#define T 16

kernel void product(
    global const float *a, global const float *b, global float *y, int m, int n, int k) {
  local float left[T][T];
  local float right[T][T];
  int j = get_global_id(0);
  int i = get_global_id(1);
  int x = get_local_id(0);
  int z = get_local_id(1);
  float sum = 0;
  for (int from = 0; from < k; from += T) {
    left[z][x] = i < m && from + x < k ? a[i * k + from + x] : 0;
    right[z][x] = j < n && from + z < k ? b[(from + z) * n + j] : 0;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int t = 0; t < T; t++) {
      sum += left[z][t] * right[t][x];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (i < m && j < n) y[i * n + j] = sum;
}
