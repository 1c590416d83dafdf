// y[i] = x[i] * (draw(i) < threshold ? 0 : scale); x, y [n], step [1].
// The draw is a function of key, step and position alone: the generator of engram.random.CounterRandom
// (finaliser of SplitMix64), of which the upper 24 bits count.
// One work-item: one element.

#define GOLDEN 0x9E3779B97F4A7C15UL

static ulong mixed(ulong z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
  return z ^ (z >> 31);
}

kernel void dropout(
    IN(x), IN(step), OUT(y), const int n, const long key, const int threshold, const float scale) {
  OPEN_IN(x);
  OPEN_IN(step);
  OPEN_OUT(y);
  ONE_OF(i, n);
  const ulong of_step = mixed((ulong) key ^ mixed((ulong) (long) step[0] + GOLDEN));
  const ulong draw = mixed(of_step + ((ulong) i + 1) * GOLDEN) >> 40;
  y[i] = x[i] * (draw < (ulong) threshold ? 0 : scale);
}
