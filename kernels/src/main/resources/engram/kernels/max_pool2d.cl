// Maximum over K x K windows, step S, channels-last.  x, dx [N, H, W, C]; y, dy, index [N, OH, OW, C].
// Constant: V.  One work-item, n in all: V channels of one pixel of the result.

// y = max over the window, index = its argmax.  Of equal numbers the first is taken; NaN is larger than
// all, the last NaN largest.
kernel void max_pool2d(
    IN(x), OUT(y), OUT(index), const int n, const int H, const int W, const int C, const int OH,
    const int OW, const int K, const int S) {
  OPEN_IN(x);
  OPEN_OUT(y);
  OPEN_OUT(index);
  ONE_OF(i, n);
  const int c = i % VECTORS(C) * V;
  const int pixel = i / VECTORS(C);
  const int q = pixel % OW;
  const int p = pixel / OW % OH;
  const int image = pixel / OW / OH;
  global const float *corner = x + ((image * H + p * S) * W + q * S) * C + c;
  VEC max = load_some(corner, C - c);
  VEC argmax = 0;
  for (int k = 1; k < K * K; k++) {
    const VEC value = load_some(corner + (k / K * W + k % K) * C, C - c);
    TAKE_LARGER(max, argmax, value, k);
  }
  store_some(max, y + pixel * C + c, C - c);
  store_some(argmax, index + pixel * C + c, C - c);
}

// Each pixel of dx gathers from the windows whose maximum it is, row by row.
kernel void max_pool2d_gradient(
    IN(index), IN(dy), OUT(dx), const int n, const int H, const int W, const int C, const int OH,
    const int OW, const int K, const int S) {
  OPEN_IN(index);
  OPEN_IN(dy);
  OPEN_OUT(dx);
  ONE_OF(i, n);
  const int c = i % VECTORS(C) * V;
  const int pixel = i / VECTORS(C);
  const int column = pixel % W;
  const int row = pixel / W % H;
  const int image = pixel / W / H;
  VEC sum = 0;
  for (int p = row < K ? 0 : (row - K) / S + 1; p <= min(row / S, OH - 1); p++) {
    for (int q = column < K ? 0 : (column - K) / S + 1; q <= min(column / S, OW - 1); q++) {
      const int at = ((image * OH + p) * OW + q) * C + c;
      const VEC here = (row - p * S) * K + column - q * S;
      const MASK is_max = isequal(load_some(index + at, C - c), here);
      sum = select(sum, sum + load_some(dy + at, C - c), is_max);
    }
  }
  store_some(sum, dx + pixel * C + c, C - c);
}
