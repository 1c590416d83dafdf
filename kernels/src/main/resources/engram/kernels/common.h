// Shared by all kernels; the engine puts this text in front of every program.
//
// Tensors are parts of larger allocations, so an operand is two arguments: the allocation and the
// index of its first element.  IN(x) and OUT(y) declare the pair, OPEN(x) makes the pointer x.
// Operands of a kernel never overlap unless both are only read, which is what "restrict" promises.

#define IN(x) global const float *restrict x##_memory, const int x##_start
#define OUT(x) global float *restrict x##_memory, const int x##_start
#define OPEN_IN(x) global const float *restrict x = x##_memory + x##_start
#define OPEN_OUT(x) global float *restrict x = x##_memory + x##_start

// Ranges are rounded up to whole work-groups: work-items beyond the end leave at once.
#define ONE_OF(i, count)             \
  const int i = get_global_id(0);    \
  if (i >= count) return

// Vectors of V floats, V a constant of the program.
#if V == 1
#define VEC float
#define MASK int
#define LOAD(p) (*(p))
#define STORE(value, p) (*(p) = (value))
#else
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define VEC JOIN(float, V)
#define MASK JOIN(int, V)
#define LOAD(p) JOIN(vload, V)(0, p)
#define STORE(value, p) JOIN(vstore, V)(value, 0, p)
#endif

// Sum of the lanes of a vector, in order.
#define LANE_SUM(total, vector)                       \
  do {                                                \
    float lanes[V];                                   \
    STORE(vector, lanes);                             \
    for (int l = 0; l < V; l++) total += lanes[l];    \
  } while (0)

// Vectors of V that hold a row of C numbers.
#define VECTORS(C) (((C) + V - 1) / V)

// Takes number k of a pooling window in, if it is the larger one: value is the maximum so far, argmax
// its index.  Of equal numbers the first is taken; NaN is larger than all, the last NaN largest.
#define TAKE_LARGER(value, argmax, other, k)                    \
  do {                                                          \
    const MASK better = isgreater(other, value) | isnan(other); \
    value = select(value, other, better);                       \
    argmax = select(argmax, (VEC)(k), better);                  \
  } while (0)

#ifdef V
// A vector of which only the first lanes are there, one at least if V is 1; 0 beyond.
static VEC load_some(global const float *p, const int there) {
  if (V == 1 || there >= V) return LOAD(p);
  float lanes[V];
  for (int l = 0; l < V; l++) lanes[l] = l < there ? p[l] : 0;
  return LOAD(lanes);
}

// Stores the first lanes of a vector, as many as are there, one at least if V is 1.
static void store_some(const VEC value, global float *p, const int there) {
  if (V == 1 || there >= V) {
    STORE(value, p);
  } else {
    float lanes[V];
    STORE(value, lanes);
    for (int l = 0; l < there; l++) p[l] = lanes[l];
  }
}

// sums[c .. c + V - 1] = sum over rows from .. to - 1 of d [.., columns], as far as there are columns.
static void sum_of_rows(
    global const float *d, global float *sums, const int from, const int to, const int columns,
    const int c) {
  VEC sum = 0;
  for (int r = from; r < to; r++) sum += load_some(d + r * columns + c, columns - c);
  store_some(sum, sums + c, columns - c);
}
#endif
