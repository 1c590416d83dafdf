// Batch normalisation with an activation behind it, and perhaps a residual added before; x, y, r, dy,
// dx [rows, C]; all else [C].  Statistics and sums of chunks are those of batch_norm.cl.
// Constants: V; LEAKY, 1 for a leaky ReLU and 0 for a ReLU; RESIDUAL, 0 or 1.

static VEC activate(const VEC z, const float slope) {
  return LEAKY ? select(slope * z, z, isgreater(z, (VEC)0)) : select(z, (VEC)0, islessequal(z, (VEC)0));
}

// dz, told from z and dy.
static VEC activate_gradient(const VEC z, const VEC dy, const float slope) {
  return LEAKY ? select(slope * dy, dy, isgreater(z, (VEC)0)) : select(dy, (VEC)0, islessequal(z, (VEC)0));
}

// y = activation((x - mean) inverse gamma + beta + r); r is x again where there is no residual.  One
// work-item, n in all: V channels of one row.
kernel void normalize_activate(
    IN(x), IN(gamma), IN(beta), IN(r), IN(mean), IN(inverse), OUT(y), const int n, const int C,
    const float slope) {
  OPEN_IN(x);
  OPEN_IN(gamma);
  OPEN_IN(beta);
  OPEN_IN(r);
  OPEN_IN(mean);
  OPEN_IN(inverse);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const int c = i % VECTORS(C) * V;
  const int at = i / VECTORS(C) * C + c;
  const int there = C - c;
  const VEC width = load_some(inverse + c, there);
  const VEC normal = (load_some(x + at, there) - load_some(mean + c, there)) * width;
  VEC z = normal * load_some(gamma + c, there) + load_some(beta + c, there);
  if (RESIDUAL) z += load_some(r + at, there);
  store_some(activate(z, slope), y + at, there);
}

// partial = { sum of dz (x - mean) inverse, sum of dz }
kernel void sum_activated_gradients(
    IN(x), IN(dy), IN(gamma), IN(beta), IN(mean), IN(inverse), OUT(partial), const int rows,
    const int C, const int chunk, const float slope) {
  OPEN_IN(x);
  OPEN_IN(dy);
  OPEN_IN(gamma);
  OPEN_IN(beta);
  OPEN_IN(mean);
  OPEN_IN(inverse);
  OPEN_OUT(partial);
  ONE_OF(i, VECTORS(C));
  const int c = i * V;
  const int s = get_global_id(1);
  const int end = min(rows, (s + 1) * chunk);
  const VEC center = load_some(mean + c, C - c);
  const VEC width = load_some(inverse + c, C - c);
  const VEC factor = load_some(gamma + c, C - c);
  const VEC offset = load_some(beta + c, C - c);
  VEC scale = 0;
  VEC shift = 0;
  for (int r = s * chunk; r < end; r++) {
    const VEC normal = (load_some(x + r * C + c, C - c) - center) * width;
    const VEC d = activate_gradient(normal * factor + offset, load_some(dy + r * C + c, C - c), slope);
    scale += d * normal;
    shift += d;
  }
  store_some(scale, partial + 2 * s * C + c, C - c);
  store_some(shift, partial + (2 * s + 1) * C + c, C - c);
}

// dx = gamma inverse (dz - dbeta / rows - normal dgamma / rows), both [2, C] = { dgamma, dbeta },
// normal = (x - mean) inverse.  One work-item, n in all: V channels of one row.
kernel void activated_input_gradient(
    IN(x), IN(dy), IN(gamma), IN(beta), IN(mean), IN(inverse), IN(both), OUT(dx), const int n,
    const int C, const int rows, const float slope) {
  OPEN_IN(x);
  OPEN_IN(dy);
  OPEN_IN(gamma);
  OPEN_IN(beta);
  OPEN_IN(mean);
  OPEN_IN(inverse);
  OPEN_IN(both);
  OPEN_OUT(dx);
  ONE_OF(i, n);
  const int c = i % VECTORS(C) * V;
  const int at = i / VECTORS(C) * C + c;
  const int there = C - c;
  const VEC width = load_some(inverse + c, there);
  const VEC factor = load_some(gamma + c, there);
  const VEC normal = (load_some(x + at, there) - load_some(mean + c, there)) * width;
  const VEC z = normal * factor + load_some(beta + c, there);
  const VEC dz = activate_gradient(z, load_some(dy + at, there), slope);
  const VEC dgamma = load_some(both + c, there) / rows;
  const VEC dbeta = load_some(both + C + c, there) / rows;
  store_some(factor * width * (dz - dbeta - normal * dgamma), dx + at, there);
}
