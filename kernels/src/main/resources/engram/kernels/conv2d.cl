// conv2d, channels-last, with everything that can follow it:
// y = leaky_relu(max_pool2d(conv2d(x, w)) + b + r), where beside is r.
// x [N, PH, PW, C] with its halo of zeros, w [KH, KW, C, PO], b [O] -> y [N, OH, OW, O], or with
// pooling y, index [N, OH / 2, OW / 2, O].
// Constants: C, PH, PW, KH, KW, OH, OW, O, PO, STRIDE; ROW_TILES x COLUMN_TILES tiles cover an image;
// those of epilogue.h; POOL (1 or 2); the tile: TR rows x TC columns of pixels x TV vectors of V
// output channels.
//
// One work-item (pixel tile, channel tile): one tile, accumulators in registers.  No barrier.  A row
// of the kernel is one run of KW * C numbers in x and in w, since channels are last.
// Loads per k: TR TC scalars of x, TV vectors of w.  Arithmetic per load: 2 V TP TV / (TP + TV), TP = TR TC.

#include "epilogue.h"

kernel void conv2d(
    IN(x), IN(w), IN(b), OUT(y), OUT(index), IN(beside), const int pixel_tiles,
    const float slope) {
  OPEN_IN(x);
  OPEN_IN(w);
  OPEN_IN(b);
  OPEN_OUT(y);
  OPEN_OUT(index);
  OPEN_IN(beside);
  const int tile = get_global_id(PIXELS);
  const int o = get_global_id(1 - PIXELS) * V * TV;
  if (tile >= pixel_tiles || o >= PO) return;
  const int column = tile % COLUMN_TILES * TC;
  const int row = tile / COLUMN_TILES % ROW_TILES * TR;
  const int image = tile / (COLUMN_TILES * ROW_TILES);
  global const float *corner = x + ((image * PH + row * STRIDE) * PW + column * STRIDE) * C;

  VEC sum[TR * TC][TV];
#pragma unroll
  for (int t = 0; t < TR * TC; t++)
#pragma unroll
    for (int v = 0; v < TV; v++) sum[t][v] = 0;
  for (int i = 0; i < KH; i++) {
    global const float *of_x = corner + i * PW * C;
    global const float *of_w = w + i * KW * C * PO + o;
    for (int k = 0; k < KW * C; k++) {
      VEC weight[TV];
#pragma unroll
      for (int v = 0; v < TV; v++) weight[v] = LOAD(of_w + k * PO + v * V);
#pragma unroll
      for (int t = 0; t < TR * TC; t++) {
        const float value = of_x[k + (t / TC * PW + t % TC) * STRIDE * C];
#pragma unroll
        for (int v = 0; v < TV; v++) sum[t][v] += value * weight[v];
      }
    }
  }

#pragma unroll
  for (int v = 0; v < TV; v++) {
    const int channels = O - o - v * V;
    if (channels <= 0) return;
    const VEC bias = BIAS ? load_some(b + o + v * V, channels) : (VEC)0;
#pragma unroll
    for (int t = 0; t < TR * TC; t += POOL) {
      if (POOL == 2 && t / TC % 2 == 1) continue;
      const int p = (row + t / TC) / POOL;
      const int q = (column + t % TC) / POOL;
      VEC value = sum[t][v];
      VEC argmax = 0;
#if POOL == 2
#pragma unroll
      for (int k = 1; k < 4; k++) TAKE_LARGER(value, argmax, sum[t + k / 2 * TC + k % 2][v], k);
#endif
      if (p < OH / POOL && q < OW / POOL) {
        const int at = ((image * (OH / POOL) + p) * (OW / POOL) + q) * O + o + v * V;
        store_result(value, bias, beside, y, at, channels, slope);
        if (POOL == 2) store_some(argmax, index + at, channels);
      }
    }
  }
}
