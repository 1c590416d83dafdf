// The seed of a backward pass: y[0] = 1; y [1].  One work-item.
kernel void one(OUT(y)) {
  OPEN_OUT(y);
  ONE_OF(i, 1);
  y[i] = 1;
}
