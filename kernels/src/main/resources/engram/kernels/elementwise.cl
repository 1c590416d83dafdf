// Arithmetic of two operands; a, b, y [n].  One work-item: one element.

#include "elementwise.h"

BINARY(add, a[i] + b[i])
BINARY(subtract, a[i] - b[i])
BINARY(multiply, a[i] * b[i])
BINARY(divide, a[i] / b[i])
