// Functions of one operand; x, y [n].  One work-item: one element.

#include "elementwise.h"

UNARY(exp_of, exp(x[i]))
UNARY(log_of, log(x[i]))
UNARY(sqrt_of, sqrt(x[i]))
