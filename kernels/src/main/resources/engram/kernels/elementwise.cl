// Ops that treat each element alone.  All operands have n elements.
// One work-item: one element.

#define UNARY(name, result)                                        \
  kernel void name(IN(x), OUT(y), const int n) {                   \
    OPEN_IN(x);                                                    \
    OPEN_OUT(y);                                                   \
    ONE_OF(i, n);                                                  \
    y[i] = result;                                                 \
  }

#define BINARY(name, result)                                       \
  kernel void name(IN(a), IN(b), OUT(y), const int n) {            \
    OPEN_IN(a);                                                    \
    OPEN_IN(b);                                                    \
    OPEN_OUT(y);                                                   \
    ONE_OF(i, n);                                                  \
    y[i] = result;                                                 \
  }

UNARY(copy, x[i])
UNARY(exp_of, exp(x[i]))
UNARY(log_of, log(x[i]))
UNARY(sqrt_of, sqrt(x[i]))
UNARY(relu, x[i] <= 0 ? 0 : x[i]) // NaN stays NaN

BINARY(add, a[i] + b[i])
BINARY(subtract, a[i] - b[i])
BINARY(multiply, a[i] * b[i])
BINARY(divide, a[i] / b[i])
BINARY(relu_gradient, a[i] <= 0 ? 0 : b[i]) // a is y, b is dy

// y = scale * x + shift
kernel void affine(IN(x), OUT(y), const int n, const float scale, const float shift) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = scale * x[i] + shift;
}

// y = x > 0 ? x : slope * x
kernel void leaky_relu(IN(x), OUT(y), const int n, const float slope) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i] > 0 ? x[i] : slope * x[i];
}

// dx = y > 0 ? dy : slope * dy
kernel void leaky_relu_gradient(IN(y), IN(dy), OUT(dx), const int n, const float slope) {
  OPEN_IN(y);
  OPEN_IN(dy);
  OPEN_OUT(dx);
  ONE_OF(i, n);
  dx[i] = y[i] > 0 ? dy[i] : slope * dy[i];
}

// y[0] = 1
kernel void one(OUT(y)) {
  OPEN_OUT(y);
  ONE_OF(i, 1);
  y[i] = 1;
}
