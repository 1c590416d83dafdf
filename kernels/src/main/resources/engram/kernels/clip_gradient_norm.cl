// One work-item: one of n gradients g.

// g = g min(1, max / (sqrt(squares) + epsilon)), squares [1] the sum of g^2; NaN makes all NaN
kernel void clip(OUT(g), IN(squares), const int n, const float max, const float epsilon) {
  OPEN_OUT(g);
  OPEN_IN(squares);
  ONE_OF(i, n);
  const float scale = max / (sqrt(squares[0]) + epsilon);
  g[i] *= scale >= 1 ? 1 : scale;
}
