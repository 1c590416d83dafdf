// What follows the sums of a convolution, for V output channels of one pixel.
// Constants, 0 or 1: BIAS (a bias is added), RESIDUAL (then what is beside), RELU (a leaky ReLU follows;
// 2: a ReLU), ACTIVATION_MASK (the sums are the gradient behind a leaky ReLU, whose result is beside).

// y[at ..] = the sums with what follows them, as many channels as there are.
static void store_result(
    VEC value, const VEC bias, global const float *beside, global float *y, const int at,
    const int channels, const float slope) {
  if (BIAS) value += bias;
  if (RESIDUAL) value += load_some(beside + at, channels);
  if (RELU == 1) value = select(slope * value, value, isgreater(value, (VEC)0));
  if (RELU == 2) value = select(value, (VEC)0, islessequal(value, (VEC)0));
  if (ACTIVATION_MASK) {
    const VEC active = load_some(beside + at, channels);
    value = select(slope * value, value, isgreater(active, (VEC)0));
  }
  store_some(value, y + at, channels);
}
