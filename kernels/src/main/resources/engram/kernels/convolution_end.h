// What follows the sums of a convolution, for V output channels of one pixel.
// Constants: BIAS, SLOPE (whether there is a rectifier), GATE (whether the gradient of one follows,
// whose result was gate).

// y[at ..] = the sum with bias, rectifier and gate.
static void store_result(
    VEC value, const VEC bias, global const float *gate, global float *y, const int at,
    const int channels, const float slope) {
  if (BIAS) value += bias;
  if (SLOPE) value = select(slope * value, value, isgreater(value, (VEC)0));
  if (GATE) {
    const VEC result = load_some(gate + at, channels);
    value = select(slope * value, value, isgreater(result, (VEC)0));
  }
  store_some(value, y + at, channels);
}
