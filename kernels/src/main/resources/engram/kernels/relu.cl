// Rectifier, n elements; NaN stays NaN.

#include "elementwise.h"

UNARY(relu, x[i] <= 0 ? 0 : x[i])

BINARY(relu_gradient, a[i] <= 0 ? 0 : b[i]) // a is y, b is dy
