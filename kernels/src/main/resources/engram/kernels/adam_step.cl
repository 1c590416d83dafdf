// Adam over flat buffers of n parameters p with gradients g.  One work-item: one parameter, unless
// a kernel says otherwise.

// Counts the step of Adam, as count_step in common.h says.  One work-item.
kernel void adam_count(
    OUT(step), IN(rate), OUT(correction), const float log_beta1, const float log_beta2) {
  OPEN_OUT(step);
  OPEN_IN(rate);
  OPEN_OUT(correction);
  ONE_OF(i, 1);
  count_step(step, rate[i], correction, log_beta1, log_beta2);
}

// decoupled: p -= rate decay p, else g += decay p;  m += new1 (g - m);  v = beta2 v + new2 g^2;
// p -= correction[0] m / (sqrt(v) / correction[1] + epsilon), with new1 = 1 - beta1, new2 = 1 - beta2
kernel void adam_step(
    OUT(p), IN(g), OUT(m), OUT(v), IN(rate), IN(correction), const int n, const float new1,
    const float beta2, const float new2, const float epsilon, const float decay,
    const int decoupled) {
  OPEN_OUT(p);
  OPEN_IN(g);
  OPEN_OUT(m);
  OPEN_OUT(v);
  OPEN_IN(rate);
  OPEN_IN(correction);
  ONE_OF(i, n);
  float parameter = p[i];
  float gradient = g[i];
  if (decoupled) {
    parameter -= rate[0] * decay * parameter;
  } else {
    gradient += decay * parameter;
  }
  const float mean = m[i] + new1 * (gradient - m[i]);
  const float square = beta2 * v[i] + new2 * gradient * gradient;
  m[i] = mean;
  v[i] = square;
  p[i] = parameter - correction[0] * mean / (sqrt(square) / correction[1] + epsilon);
}
