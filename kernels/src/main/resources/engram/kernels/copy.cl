// y = x; x, y [n].  One work-item: one element.

#include "elementwise.h"

UNARY(copy, x[i])
