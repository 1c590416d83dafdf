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
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define VEC JOIN(float, V)
#define MASK JOIN(int, V)
#define LOAD(p) JOIN(vload, V)(0, p)
#define STORE(value, p) JOIN(vstore, V)(value, 0, p)

// Sum of the lanes of a vector, in order.
#define LANE_SUM(total, vector)                       \
  do {                                                \
    float lanes[V];                                   \
    STORE(vector, lanes);                             \
    for (int l = 0; l < V; l++) total += lanes[l];    \
  } while (0)
