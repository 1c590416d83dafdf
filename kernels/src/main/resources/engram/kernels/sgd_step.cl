// SGD with momentum over flat buffers: p, g, velocity [n]; rate [1].  One work-item: one parameter.

// d = g + decay p;  velocity = momentum velocity + d;
// p -= rate (nesterov ? d + momentum velocity : velocity)
kernel void sgd_step(
    OUT(p), IN(g), OUT(velocity), IN(rate), const int n, const float momentum, const int nesterov,
    const float decay) {
  OPEN_OUT(p);
  OPEN_IN(g);
  OPEN_OUT(velocity);
  OPEN_IN(rate);
  ONE_OF(i, n);
  const float d = g[i] + decay * p[i];
  const float v = momentum * velocity[i] + d;
  velocity[i] = v;
  p[i] -= rate[0] * (nesterov ? d + momentum * v : v);
}
