// The end of a loss: its rows' shares become one number.

// loss[0] = scale * sum over n of shares[n].  One work-item.
kernel void mean(IN(shares), OUT(loss), const int N, const float scale) {
  OPEN_IN(shares);
  OPEN_OUT(loss);
  ONE_OF(i, 1);
  float sum = 0;
  for (int n = 0; n < N; n++) sum += shares[n];
  loss[i] = scale * sum;
}
