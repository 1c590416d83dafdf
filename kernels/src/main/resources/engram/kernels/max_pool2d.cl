// Maximum over K x K windows, step S, channels-last.  x, dx [N, H, W, C]; y, dy, index [N, OH, OW, C].

// One work-item: one element of y.  Of equal numbers the first wins, NaN beats all, the last NaN.
kernel void max_pool2d(
    IN(x), OUT(y), OUT(index), const int n, const int H, const int W, const int C, const int OH,
    const int OW, const int K, const int S) {
  OPEN_IN(x);
  OPEN_OUT(y);
  OPEN_OUT(index);
  ONE_OF(i, n);
  const int c = i % C;
  const int q = i / C % OW;
  const int p = i / C / OW % OH;
  const int image = i / C / OW / OH;
  global const float *corner = x + ((image * H + p * S) * W + q * S) * C + c;
  float max = corner[0];
  int place = 0;
  for (int k = 1; k < K * K; k++) {
    const float value = corner[(k / K * W + k % K) * C];
    if (value > max || isnan(value)) {
      max = value;
      place = k;
    }
  }
  y[i] = max;
  index[i] = place;
}

// One work-item: one element of dx, which gathers from the windows that it won, row by row.
kernel void max_pool2d_gradient(
    IN(index), IN(dy), OUT(dx), const int n, const int H, const int W, const int C, const int OH,
    const int OW, const int K, const int S) {
  OPEN_IN(index);
  OPEN_IN(dy);
  OPEN_OUT(dx);
  ONE_OF(i, n);
  const int c = i % C;
  const int column = i / C % W;
  const int row = i / C / W % H;
  const int image = i / C / W / H;
  float sum = 0;
  for (int p = row < K ? 0 : (row - K) / S + 1; p <= min(row / S, OH - 1); p++) {
    for (int q = column < K ? 0 : (column - K) / S + 1; q <= min(column / S, OW - 1); q++) {
      const int at = ((image * OH + p) * OW + q) * C + c;
      if (index[at] == (row - p * S) * K + column - q * S) sum += dy[at];
    }
  }
  dx[i] = sum;
}
