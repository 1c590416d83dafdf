// The most multiply-adds that a device does: on registers alone, in chains that do not wait for each
// other.  The yardstick of the other kernels.
// y [items].  Constants: V floats of a vector, CHAINS.
//
// One work-item: CHAINS vectors, "steps" multiply-adds on each; their sum goes to y.
kernel void fma_peak(OUT(y), const int items, const int steps) {
  OPEN_OUT(y);
  ONE_OF(i, items);
  VEC chain[CHAINS];
#pragma unroll
  for (int c = 0; c < CHAINS; c++) chain[c] = i + c;
  for (int s = 0; s < steps; s++) {
#pragma unroll
    for (int c = 0; c < CHAINS; c++) chain[c] = fma(chain[c], (VEC)0.999f, (VEC)0.001f);
  }
  float total = 0;
#pragma unroll
  for (int c = 0; c < CHAINS; c++) LANE_SUM(total, chain[c]);
  y[i] = total;
}
