// ReLU and its gradient; x, y, dy, dx [n]; NaN stays NaN.  One work-item: one element.

#include "elementwise.h"

UNARY(relu, x[i] <= 0 ? 0 : x[i])

BINARY(relu_gradient, a[i] <= 0 ? 0 : b[i]) // a is y, b is dy
