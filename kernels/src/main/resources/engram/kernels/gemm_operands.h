// What gemm.cl multiplies: the elements A(m, k) and B(k, n) of each KIND, read from matrices, images and
// output gradients where they lie.

// The number at p, or four of them.
static float4 load(global const float *p, const int width) {
  return width == 4 ? *(global const float4 *) p : (float4)(*p, 0, 0, 0);
}

// Where an element lies is the sum of two positions, one for each of its indices, so that what does not
// change from step to step is worked out once.  A position is { row, column, offset, outside }: an element
// of an image lies (row * its width + column) * its channels behind offset, one of a matrix just
// there; above 0, outside says that an index is beyond the edge.

#if KIND != MATMUL
// Of kernel element i = (ky, kx, channel).
static int4 of_tap(const uint i, const uint channels, const int outside) {
  return (int4)(i / (KW * channels), i / channels % KW, i % channels, outside);
}

// Of pixel i = (image, p, q) of images with height x width pixels, and size numbers in memory.
static int4 of_pixel(
    const uint i, const uint height, const uint width, const uint size, const int outside) {
  return (int4)(i / width % height, i % width, i / (width * height) * size, outside);
}

// From a pixel of the output to the corner of its patch.
static int4 to_patch(const int4 at) {
  return (int4)(at.x * STRIDE - PADDING, at.y * STRIDE - PADDING, at.z, at.w);
}

#if POOLED
#define GRADIENT_SIZE (OH / 2 * (OW / 2) * O)
#else
#define GRADIENT_SIZE (OH * OW * O)
#endif
#endif

static int4 a_of_m(const uint m, const int M, const int K) {
  const int outside = m >= M;
#if KIND == MATMUL
  return (int4)(0, 0, TRANSPOSE_A ? m : m * K, outside);
#elif KIND == FORWARD && POOL == 2
  const int4 window = of_pixel(m / 4, OH / 2, OW / 2, H * W * C, outside);
  return to_patch((int4)(window.x * 2 + m % 4 / 2, window.y * 2 + m % 2, window.z, window.w));
#elif KIND == FORWARD
  return to_patch(of_pixel(m, OH, OW, H * W * C, outside));
#elif KIND == INPUT_GRADIENT
  return of_pixel(m, H, W, GRADIENT_SIZE, outside) + (int4)(PADDING, PADDING, 0, 0);
#else
  return of_tap(m, C, outside);
#endif
}

static int4 a_of_k(const uint k, const int end, const int M) {
  const int outside = k >= end;
#if KIND == MATMUL
  return (int4)(0, 0, TRANSPOSE_A ? k * M : k, outside);
#elif KIND == FORWARD
  return of_tap(k, C, outside);
#elif KIND == INPUT_GRADIENT
  return of_tap(k, O, outside) * (int4)(-1, -1, 1, 1);
#else
  return to_patch(of_pixel(k, OH, OW, H * W * C, outside));
#endif
}

static int4 b_of_n(const uint n, const int N, const int K) {
  const int outside = n >= N;
#if KIND == MATMUL
  return (int4)(0, 0, TRANSPOSE_B ? n * K : n, outside);
#elif KIND == INPUT_GRADIENT
  return (int4)(0, 0, n * O, outside);
#else
  return (int4)(0, 0, n, outside);
#endif
}

static int4 b_of_k(const uint k, const int end, const int N) {
  const int outside = k >= end;
#if KIND == MATMUL
  return (int4)(0, 0, TRANSPOSE_B ? k : k * N, outside);
#elif KIND == INPUT_GRADIENT
  return (int4)(0, 0, k / O * N * O + k % O, outside);
#elif KIND == WEIGHT_GRADIENT && POOLED
  return of_pixel(k, OH, OW, GRADIENT_SIZE, outside);
#else
  return (int4)(0, 0, k * N, outside);
#endif
}

static float4 in_matrix(global const float *p, const int4 at, const int width) {
  return at.w > 0 ? (float4)0 : load(p + at.z, width);
}

#if KIND != MATMUL
// Of x; zeros around the image.
static float4 in_image(global const float *x, const int4 at, const int width) {
  const bool inside = at.w == 0 && (uint) at.x < H && (uint) at.y < W;
  return inside ? load(x + at.z + (at.x * W + at.y) * C, width) : (float4)0;
}

// Of the output gradient, at row p and column q; zeros around it.
static float4 in_gradient(
    global const float *dy, global const float *index, const int4 at, const int p, const int q,
    const int width) {
#if POOLED
  if (at.w > 0 || (uint) p >= OH / 2 * 2 || (uint) q >= OW / 2 * 2) return 0;
  const int from = at.z + (p / 2 * (OW / 2) + q / 2) * O;
  const float4 here = p % 2 * 2 + q % 2;
  return select((float4)0, load(dy + from, width), isequal(load(index + from, width), here));
#else
  if (at.w > 0 || (uint) p >= OH || (uint) q >= OW) return 0;
  return load(dy + at.z + (p * OW + q) * O, width);
#endif
}
#endif

static float4 a_at(
    global const float *a, global const float *index, const int4 at, const int width) {
#if KIND == MATMUL
  return in_matrix(a, at, width);
#elif KIND == INPUT_GRADIENT && STRIDE == 1
  return in_gradient(a, index, at, at.x, at.y, width);
#elif KIND == INPUT_GRADIENT
  if (at.x % STRIDE != 0 || at.y % STRIDE != 0) return 0;
  return in_gradient(a, index, at, at.x / STRIDE, at.y / STRIDE, width);
#else
  return in_image(a, at, width);
#endif
}

static float4 b_at(
    global const float *b, global const float *index, const int4 at, const int width) {
#if KIND == WEIGHT_GRADIENT && POOLED
  return in_gradient(b, index, at, at.x, at.y, width);
#else
  return in_matrix(b, at, width);
#endif
}
