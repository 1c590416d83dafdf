// Gradient of a convolution with respect to its weight, channels-last.
// x [N, PH, PW, C] with its halo of zeros, dy [N, OH, OW, DYO] -> partial [S, KH, RUN, PO], the sum over
// a block of images each; S parts are then added in order.  A row of the kernel is one run of KW * C
// numbers of x, padded here to RUN.
// Constants: C, PH, PW, OH, OW, DYO (PO or more), PO, KH, RUN, STRIDE; the tile: TA elements of a run x
// TV vectors of V output channels.
//
// One work-item (tile, s): TA x TV vectors of accumulators in registers, over all pixels of its images.
// Loads per pixel: TA scalars of x, TV vectors of dy.
// Work-items beyond the tiles, up to "items", sum dy itself: V channels each, into sums [S, DYO].
kernel void conv2d_weight_gradient(
    IN(x), IN(dy), OUT(partial), OUT(sums), const int images, const int block, const int tiles,
    const int items) {
  OPEN_IN(x);
  OPEN_IN(dy);
  OPEN_OUT(partial);
  OPEN_OUT(sums);
  ONE_OF(tile, items);
  const int s = get_global_id(1);
  if (tile >= tiles) {
    const int from = s * block * OH * OW;
    const int to = min(images, (s + 1) * block) * OH * OW;
    sum_of_rows(dy, sums + s * DYO, from, to, DYO, (tile - tiles) * V);
    return;
  }
  const int o = tile % (PO / (V * TV)) * V * TV;
  const int k = tile / (PO / (V * TV)) % (RUN / TA) * TA;
  const int i = tile / (PO / (V * TV)) / (RUN / TA);
  const int end = min(images, (s + 1) * block);
  VEC sum[TA][TV];
#pragma unroll
  for (int a = 0; a < TA; a++)
#pragma unroll
    for (int v = 0; v < TV; v++) sum[a][v] = 0;
  for (int image = s * block; image < end; image++) {
    for (int p = 0; p < OH; p++) {
      global const float *of_x = x + (image * PH + p * STRIDE + i) * PW * C + k;
      global const float *of_dy = dy + (image * OH + p) * OW * DYO + o;
      for (int q = 0; q < OW; q++) {
        VEC d[TV];
#pragma unroll
        for (int v = 0; v < TV; v++) d[v] = LOAD(of_dy + q * DYO + v * V);
#pragma unroll
        for (int a = 0; a < TA; a++) {
          const float value = of_x[q * STRIDE * C + a];
#pragma unroll
          for (int v = 0; v < TV; v++) sum[a][v] += value * d[v];
        }
      }
    }
  }
#pragma unroll
  for (int a = 0; a < TA; a++)
#pragma unroll
    for (int v = 0; v < TV; v++) {
      STORE(sum[a][v], partial + ((s * KH + i) * RUN + k + a) * PO + o + v * V);
    }
}
