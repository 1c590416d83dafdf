// Adds results that were summed in parts: y[i] = sum over s < S of part s, in order of s, for up to eight
// results at once.
// p [S, size], y [n]; element i of y lies at (i % columns) column + (i / columns / run) row +
// (i / columns % run) step in a part: weight gradients leave their parts in the order that suits
// their tiles.  Unused results have n = 0.
// One work-item: one element of one result.

#define JOB(j)                                                                                  \
  IN(p##j), OUT(y##j), const int n##j, const int S##j, const int size##j, const int columns##j, \
      const int run##j, const int column##j, const int row##j, const int step##j

#define DO_JOB(j)                                                                                 \
  if (i < n##j) {                                                                                 \
    OPEN_IN(p##j);                                                                                \
    OPEN_OUT(y##j);                                                                               \
    const int from = i % columns##j * column##j + i / columns##j / run##j * row##j +              \
                     i / columns##j % run##j * step##j;                                           \
    float sum = 0;                                                                                \
    for (int s = 0; s < S##j; s++) sum += p##j[s * size##j + from];                               \
    y##j[i] = sum;                                                                                \
    return;                                                                                       \
  }                                                                                               \
  i -= n##j

kernel void add_parts(
    JOB(0), JOB(1), JOB(2), JOB(3), JOB(4), JOB(5), JOB(6), JOB(7)) {
  int i = get_global_id(0);
  DO_JOB(0);
  DO_JOB(1);
  DO_JOB(2);
  DO_JOB(3);
  DO_JOB(4);
  DO_JOB(5);
  DO_JOB(6);
  DO_JOB(7);
}
