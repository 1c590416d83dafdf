// The end of a loss: the shares of its rows become one number.  shares [N] -> loss [1],
// loss[0] = scale * sum over n of shares[n].  One work-item.
kernel void mean(IN(shares), OUT(loss), const int N, const float scale) {
  OPEN_IN(shares);
  OPEN_OUT(loss);
  ONE_OF(i, 1);
  float sum = 0;
  for (int n = 0; n < N; n++) sum += shares[n];
  loss[i] = scale * sum;
}
