// y = x, n elements.

#include "elementwise.h"

UNARY(copy, x[i])
