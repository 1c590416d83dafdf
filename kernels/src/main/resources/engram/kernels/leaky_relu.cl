// Leaky ReLU and its gradient; x, y, dy, dx [n].  One work-item: one element.

// y = x > 0 ? x : slope * x
kernel void leaky_relu(IN(x), OUT(y), const int n, const float slope) {
  OPEN_IN(x);
  OPEN_OUT(y);
  ONE_OF(i, n);
  y[i] = x[i] > 0 ? x[i] : slope * x[i];
}

// dx = y > 0 ? dy : slope * dy
kernel void leaky_relu_gradient(IN(y), IN(dy), OUT(dx), const int n, const float slope) {
  OPEN_IN(y);
  OPEN_IN(dy);
  OPEN_OUT(dx);
  ONE_OF(i, n);
  dx[i] = y[i] > 0 ? dy[i] : slope * dy[i];
}
