// As conv2d.cl, for 3 x 3 kernels with stride 1, by Winograd's minimal filtering F(2 x 2, 3 x 3): 16
// products give four outputs that take 36 otherwise (Lavin and Gray 2016, section 4.1).
//
//   Y = A' [ (G g G') * (B' d B) ] A      d: 4 x 4 inputs, g: 3 x 3 weights, Y: 2 x 2 outputs
//
// Over all channels this is 16 matrix products, one for each position in the 4 x 4 grid.  Inputs are
// added up before they are multiplied, so an infinite one makes all four outputs of its tiles NaN.
//
// x [N, PH, PW, C] with its halo of zeros, u from transform_weight, b [O] -> y [N, OH, OW, O], or with
// pooling y, index [N, OH / 2, OW / 2, O].
// Constants: C, a multiple of V; PH, PW, OH, OW (even), O, PO; those of epilogue.h; POOL (1 or
// 2); TILES, a multiple of TT: tiles of 2 x 2 outputs for a work-item; a register tile is TT of them x TV
// vectors of V output channels.
#define BLOCK (V * TV)
// Positions lie this far apart, so that they do not all fall into the same set of a cache.
#define INPUT_PLANE (TILES * C + 16)
#define PRODUCT_PLANE (TILES * BLOCK)

#include "epilogue.h"

// V numbers of w [9, C, O], or of w [9, O, C] turned by 180 degrees: one tap, one input channel c, output
// channels from o on; zeros beyond O.
static VEC load_weight(
    global const float *w, const int tap, const int c, const int o, const int turned) {
  if (!turned) return load_some(w + (tap * C + c) * O + o, O - o);
  float lanes[V];
  for (int l = 0; l < V; l++) lanes[l] = o + l < O ? w[((8 - tap) * O + o + l) * C + c] : 0;
  return LOAD(lanes);
}

// G g G' of w -> u [PO / BLOCK, 16, C, BLOCK], zeros beyond O.  One work-item, n = C PO / V of them: one
// input channel, V output channels.
kernel void transform_weight(IN(w), OUT(u), const int n, const int turned) {
  OPEN_IN(w);
  OPEN_OUT(u);
  ONE_OF(i, n);
  const int c = i / (PO / V);
  const int o = i % (PO / V) * V;
  VEC g[4][3];
#pragma unroll
  for (int j = 0; j < 3; j++) {
    const VEC top = load_weight(w, j, c, o, turned);
    const VEC middle = load_weight(w, 3 + j, c, o, turned);
    const VEC bottom = load_weight(w, 6 + j, c, o, turned);
    g[0][j] = top;
    g[1][j] = 0.5f * (top + bottom) + 0.5f * middle;
    g[2][j] = 0.5f * (top + bottom) - 0.5f * middle;
    g[3][j] = bottom;
  }
#pragma unroll
  for (int r = 0; r < 4; r++) {
    global float *to = u + ((o / BLOCK * 16 + 4 * r) * C + c) * BLOCK + o % BLOCK;
    const VEC ends = 0.5f * (g[r][0] + g[r][2]);
    const VEC middle = 0.5f * g[r][1];
    STORE(g[r][0], to);
    STORE(ends + middle, to + C * BLOCK);
    STORE(ends - middle, to + 2 * C * BLOCK);
    STORE(g[r][2], to + 3 * C * BLOCK);
  }
}

// B' d B for V channels of the tile whose first input is d, into the 16 positions of v.
static void transform_input(global const float *d, local float *v) {
  VEC rows[4][4];
#pragma unroll
  for (int j = 0; j < 4; j++) {
    const VEC d0 = LOAD(d + j * C);
    const VEC d1 = LOAD(d + (PW + j) * C);
    const VEC d2 = LOAD(d + (2 * PW + j) * C);
    const VEC d3 = LOAD(d + (3 * PW + j) * C);
    rows[0][j] = d0 - d2;
    rows[1][j] = d1 + d2;
    rows[2][j] = d2 - d1;
    rows[3][j] = d1 - d3;
  }
#pragma unroll
  for (int r = 0; r < 4; r++) {
    STORE(rows[r][0] - rows[r][2], v + 4 * r * INPUT_PLANE);
    STORE(rows[r][1] + rows[r][2], v + (4 * r + 1) * INPUT_PLANE);
    STORE(rows[r][2] - rows[r][1], v + (4 * r + 2) * INPUT_PLANE);
    STORE(rows[r][1] - rows[r][3], v + (4 * r + 3) * INPUT_PLANE);
  }
}

// One position of TT tiles and BLOCK channels: m [TT, BLOCK] = v [TT, C] u [C, BLOCK].
static void multiply(local const float *v, global const float *u, local float *m) {
  VEC sum[TT][TV];
#pragma unroll
  for (int t = 0; t < TT; t++)
#pragma unroll
    for (int k = 0; k < TV; k++) sum[t][k] = 0;
  for (int c = 0; c < C; c++) {
    VEC weight[TV];
#pragma unroll
    for (int k = 0; k < TV; k++) weight[k] = LOAD(u + c * BLOCK + k * V);
#pragma unroll
    for (int t = 0; t < TT; t++) {
      const float value = v[t * C + c];
#pragma unroll
      for (int k = 0; k < TV; k++) sum[t][k] += value * weight[k];
    }
  }
#pragma unroll
  for (int t = 0; t < TT; t++)
#pragma unroll
    for (int k = 0; k < TV; k++) STORE(sum[t][k], m + t * BLOCK + k * V);
}

// A' m A for V channels of one tile: its outputs, row by row.
static void transform_output(local const float *m, VEC *y) {
  VEC above[4];
  VEC below[4];
#pragma unroll
  for (int j = 0; j < 4; j++) {
    const VEC m1 = LOAD(m + (4 + j) * PRODUCT_PLANE);
    const VEC m2 = LOAD(m + (8 + j) * PRODUCT_PLANE);
    above[j] = LOAD(m + j * PRODUCT_PLANE) + m1 + m2;
    below[j] = m1 - m2 - LOAD(m + (12 + j) * PRODUCT_PLANE);
  }
  y[0] = above[0] + above[1] + above[2];
  y[1] = above[1] - above[2] - above[3];
  y[2] = below[0] + below[1] + below[2];
  y[3] = below[1] - below[2] - below[3];
}

// A work-group of one work-item: TILES tiles, of "tiles" in all, one after the other through all images.
// Local memory holds their transformed inputs and products, which a CPU's second-level cache should hold.
kernel __attribute__((reqd_work_group_size(1, 1, 1))) void winograd_conv2d(
    IN(x), IN(u), IN(b), OUT(y), OUT(index), IN(beside), const int tiles, const float slope) {
  OPEN_IN(x);
  OPEN_IN(u);
  OPEN_IN(b);
  OPEN_OUT(y);
  OPEN_OUT(index);
  OPEN_IN(beside);
  local float v[16 * INPUT_PLANE];
  local float m[16 * PRODUCT_PLANE];
  const int first = get_global_id(0) * TILES;
  const int count = min(TILES, tiles - first);
  // Tiles beyond the last are computed from the last one's inputs and not stored.
  for (int t = 0; t < TILES; t++) {
    const int tile = first + min(t, count - 1);
    const int column = tile % (OW / 2) * 2;
    const int row = tile / (OW / 2) % (OH / 2) * 2;
    const int image = tile / (OW / 2 * (OH / 2));
    global const float *d = x + ((image * PH + row) * PW + column) * C;
    for (int c = 0; c < C; c += V) transform_input(d + c, v + t * C + c);
  }
  for (int o = 0; o < O; o += BLOCK) {
    for (int position = 0; position < 16; position++)
      for (int t = 0; t < TILES; t += TT) {
        multiply(
            v + position * INPUT_PLANE + t * C, u + (o / BLOCK * 16 + position) * C * BLOCK,
            m + position * PRODUCT_PLANE + t * BLOCK);
      }
    for (int t = 0; t < count; t++) {
      const int column = (first + t) % (OW / 2);
      const int row = (first + t) / (OW / 2) % (OH / 2);
      const int image = (first + t) / (OW / 2 * (OH / 2));
      for (int k = 0; k < TV; k++) {
        const int channels = O - o - k * V;
        if (channels <= 0) break;
        const VEC bias = BIAS ? load_some(b + o + k * V, channels) : (VEC)0;
        VEC outputs[4];
        transform_output(m + t * BLOCK + k * V, outputs);
#if POOL == 2
        VEC value = outputs[0];
        VEC argmax = 0;
        TAKE_LARGER(value, argmax, outputs[1], 1);
        TAKE_LARGER(value, argmax, outputs[2], 2);
        TAKE_LARGER(value, argmax, outputs[3], 3);
        const int at = ((image * (OH / 2) + row) * (OW / 2) + column) * O + o + k * V;
        store_result(value, bias, beside, y, at, channels, slope);
        store_some(argmax, index + at, channels);
#else
        for (int r = 0; r < 4; r++) {
          const int at =
              ((image * OH + 2 * row + r / 2) * OW + 2 * column + r % 2) * O + o + k * V;
          store_result(outputs[r], bias, beside, y, at, channels, slope);
        }
#endif
      }
    }
  }
}
