// Gradient of the mean squared error: a, b [n], dloss [1] -> da [n], da = 2 (a - b) dloss / n.  The
// forward pass is sum_squared_differences in reduce.cl.  One work-item: one element.
kernel void mean_squared_error_gradient(IN(a), IN(b), IN(dloss), OUT(da), const int n) {
  OPEN_IN(a);
  OPEN_IN(b);
  OPEN_IN(dloss);
  OPEN_OUT(da);
  ONE_OF(i, n);
  da[i] = (a[i] - b[i]) * (2 * dloss[0] / n);
}
