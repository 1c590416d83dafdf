// Functions of one operand, n elements.

#include "elementwise.h"

UNARY(exp_of, exp(x[i]))
UNARY(log_of, log(x[i]))
UNARY(sqrt_of, sqrt(x[i]))
