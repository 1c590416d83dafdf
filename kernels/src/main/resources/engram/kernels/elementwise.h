// Kernels of one line: each work-item does one of n elements.

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
