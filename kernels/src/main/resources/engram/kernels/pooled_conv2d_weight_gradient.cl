// Gradient of a convolution with respect to its weight where 2 x 2 maximum pooling comes behind it:
// one pixel of each window has a gradient, the other three are not visited.
// x [N, PH, PW, C] with its halo of zeros; d, index [N, OH, OW, O], pooled -> partial [S, O, KH, RUN], the
// sum over a block of images each; S parts are then added in order.
// Constants: C, PH, PW, OH, OW, O, KH, RUN, STRIDE; the tile: TK rows of the kernel x TA vectors of V
// numbers of a run.  Lanes run along the run, which lies in one piece in x, so that every channel o
// can have a maximum of its own.
//
// One work-item (tile, s): one output channel, TK x TA vectors of accumulators in registers.
// Loads per window: d, index, TK TA vectors of x.
// Work-items beyond the tiles, up to "items", sum d itself: V channels each, into sums [S, O].
kernel void pooled_conv2d_weight_gradient(
    IN(x), IN(index), IN(d), OUT(partial), OUT(sums), const int images, const int block,
    const int tiles, const int items) {
  OPEN_IN(x);
  OPEN_IN(index);
  OPEN_IN(d);
  OPEN_OUT(partial);
  OPEN_OUT(sums);
  ONE_OF(tile, items);
  const int s = get_global_id(1);
  if (tile >= tiles) {
    const int from = s * block * OH * OW;
    const int to = min(images, (s + 1) * block) * OH * OW;
    sum_of_rows(d, sums + s * O, from, to, O, (tile - tiles) * V);
    return;
  }
  const int o = tile % O;
  const int k = tile / O % (RUN / (V * TA)) * V * TA;
  const int i = tile / O / (RUN / (V * TA)) * TK;
  const int end = min(images, (s + 1) * block);
  VEC sum[TK][TA];
#pragma unroll
  for (int r = 0; r < TK; r++)
#pragma unroll
    for (int a = 0; a < TA; a++) sum[r][a] = 0;
  for (int image = s * block; image < end; image++) {
    for (int p = 0; p < OH; p++) {
      for (int q = 0; q < OW; q++) {
        const int at = ((image * OH + p) * OW + q) * O + o;
        const VEC gradient = d[at];
        const int argmax = index[at];
        const int row = (2 * p + argmax / 2) * STRIDE + i;
        const int column = (2 * q + argmax % 2) * STRIDE;
        global const float *patch = x + ((image * PH + row) * PW + column) * C + k;
#pragma unroll
        for (int r = 0; r < TK; r++)
#pragma unroll
          for (int a = 0; a < TA; a++) sum[r][a] += gradient * LOAD(patch + r * PW * C + a * V);
      }
    }
  }
#pragma unroll
  for (int r = 0; r < TK; r++)
    if (i + r < KH) {
#pragma unroll
      for (int a = 0; a < TA; a++) {
        STORE(sum[r][a], partial + ((s * O + o) * KH + i + r) * RUN + k + a * V);
      }
    }
}
