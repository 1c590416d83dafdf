// Adam (Kingma and Ba 2015) over flat buffers: p, g, m, v [n]; step, rate [1]; correction [2].
// Two kernels, one after the other: adam_count for the step, then adam_step for all parameters.

// Adds one to step and prepares what is the same for all parameters: correction =
// { rate / (1 - beta1^step), sqrt(1 - beta2^step) }.  The powers are taken by way of expm1, since a
// beta near 1 leaves no digits of 1 - beta in a float.  One work-item.
kernel void adam_count(
    OUT(step), IN(rate), OUT(correction), const float log_beta1, const float log_beta2) {
  OPEN_OUT(step);
  OPEN_IN(rate);
  OPEN_OUT(correction);
  ONE_OF(i, 1);
  const float steps = step[i] + 1;
  step[i] = steps;
  correction[0] = rate[i] / -expm1(steps * log_beta1);
  correction[1] = sqrt(-expm1(steps * log_beta2));
}

// decoupled: p -= rate decay p, else g += decay p;  m += new1 (g - m);  v = beta2 v + new2 g^2;
// p -= correction[0] m / (sqrt(v) / correction[1] + epsilon), with new1 = 1 - beta1, new2 = 1 - beta2.
// One work-item: one parameter.
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
