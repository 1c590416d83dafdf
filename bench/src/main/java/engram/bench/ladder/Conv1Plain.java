package engram.bench.ladder;

/**
 * Rung 1: the definition, seven loops deep, with a test at the border for each multiply-add. Each
 * sum jumps through the weights and waits for its own last addition.
 */
public final class Conv1Plain implements Rung<Convolution> {
  @Override
  public void run(Convolution p) {
    for (int n = 0; n < p.images(); n++) {
      for (int i = 0; i < p.side(); i++) {
        for (int j = 0; j < p.side(); j++) {
          for (int o = 0; o < p.o(); o++) {
            p.z()[((n * p.side() + i) * p.side() + j) * p.o() + o] = sum(p, n, i, j, o);
          }
        }
      }
    }
    p.activate();
    p.pool();
  }

  private static float sum(Convolution p, int n, int i, int j, int o) {
    float sum = 0;
    for (int ky = 0; ky < 3; ky++) {
      for (int kx = 0; kx < 3; kx++) {
        int row = i + ky - 1;
        int column = j + kx - 1;
        if (row < 0 || row >= p.side() || column < 0 || column >= p.side()) {
          continue;
        }
        int at = ((n * p.side() + row) * p.side() + column) * p.c();
        for (int c = 0; c < p.c(); c++) {
          sum += p.x()[at + c] * p.w()[((ky * 3 + kx) * p.c() + c) * p.o() + o];
        }
      }
    }
    return sum;
  }
}
