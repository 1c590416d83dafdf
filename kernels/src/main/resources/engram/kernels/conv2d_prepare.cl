// What the convolutions for processors do before their main loop.  Images are channels-last.
//
// The main loops know no border: images are first copied into scratch memory [N, PH, PW, PC] with a
// halo of zeros, wide enough for all tiles, and weights into rows of whole vectors.
// Constants of halo and unpool: H, W, C of the source; PH, PW, PC of the scratch; TOP, LEFT, row
// and column of the first pixel; DILATION, the distance between pixels (the stride of the convolution whose
// input gradient is taken).

#ifdef PC
// The coordinates of one scratch pixel and of the source pixel there.
#define SCRATCH_PIXEL(i)                                      \
  const int column = i % PW - LEFT;                           \
  const int row = i / PW % PH - TOP;                          \
  const int image = i / (PW * PH);                            \
  const int h = row / DILATION;                               \
  const int w = column / DILATION;                            \
  const bool inside = row >= 0 && column >= 0 && h < H && w < W && row == h * DILATION && \
                      column == w * DILATION;                 \
  global float *out = y + i * PC

// x [N, H, W, C] -> y [N, PH, PW, PC].  One work-item: one pixel of y.
kernel void halo(IN(x), OUT(y), const int pixels) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, pixels);
  SCRATCH_PIXEL(i);
  if (inside) {
    global const float *in = x + ((image * H + h) * W + w) * C;
    for (int c = 0; c < C; c++) out[c] = in[c];
    for (int c = C; c < PC; c++) out[c] = 0;
  } else {
    for (int c = 0; c < PC; c++) out[c] = 0;
  }
}

// The gradient of a 2 x 2 maximum pooling, spread over the pixels of the maxima: d, index [N, H/2, W/2, C]
// -> y [N, PH, PW, PC].  H and W are even here: no window reaches an odd last row or column.
// One work-item: one pixel of y.
kernel void unpool(IN(d), IN(index), OUT(y), const int pixels) {
  OPEN_IN(d);
  OPEN_IN(index);
  OPEN_OUT(y);
  ONE_OF(i, pixels);
  SCRATCH_PIXEL(i);
  if (inside) {
    const int at = ((image * (H / 2) + h / 2) * (W / 2) + w / 2) * C;
    const float here = h % 2 * 2 + w % 2;
    for (int c = 0; c < C; c++) out[c] = index[at + c] == here ? d[at + c] : 0;
    for (int c = C; c < PC; c++) out[c] = 0;
  } else {
    for (int c = 0; c < PC; c++) out[c] = 0;
  }
}
#else

// w [rows, O] -> y [rows, PO], zeros beyond O.  One work-item: one element of y.
kernel void pad_columns(IN(w), OUT(y), const int n, const int O, const int PO) {
  OPEN_IN(w);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = i % PO < O ? w[i / PO * O + i % PO] : 0;
}

// The weight of the convolution that takes output gradients to input gradients: turned by 180
// degrees, channels exchanged.  w [taps, C, O] -> y [taps, O, PC], zeros beyond C.
// One work-item: one element of y.
kernel void turn_weight(
    IN(w), OUT(y), const int n, const int taps, const int C, const int O, const int PC) {
  OPEN_IN(w);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int c = i % PC;
  const int o = i / PC % O;
  const int tap = taps - 1 - i / PC / O;
  y[i] = c < C ? w[(tap * C + c) * O + o] : 0;
}
#endif
