// Sums of squares in two parts: a float holds no square of a number above 1.8e19, nor the sum of many
// smaller ones.
#define LARGE 1e15f
#define LARGE_UNIT 1e-25f
