// Clips the norm of all gradients: g [n], squares [2] -> g [n].  One work-item: one gradient.

#include "squares.h"

// g = g min(1, max / (|g| + epsilon)), squares the sum of g^2 in the two parts of squares.h; NaN makes all
// NaN.
kernel void clip(OUT(g), IN(squares), const int n, const float max, const float epsilon) {
  OPEN_OUT(g);
  OPEN_IN(squares);
  ONE_OF(i, n);
  if (squares[1] > 0) {
    // The norm may be too large for a float; beside it max is small, and so are the other squares.
    g[i] = g[i] * LARGE_UNIT * (max / sqrt(squares[1] + squares[0] * LARGE_UNIT * LARGE_UNIT));
  } else {
    const float scale = max / (sqrt(squares[0]) + epsilon);
    g[i] *= scale >= 1 ? 1 : scale;
  }
}
