package engram.bench.ladder;

/**
 * Rung 1: the definition. Each sum walks down a column of b, one float from each cache line, and
 * waits for its own last addition.
 */
public final class MatMul1Plain implements Rung<Product> {
  @Override
  public void run(Product p) {
    for (int i = 0; i < p.m(); i++) {
      for (int j = 0; j < p.n(); j++) {
        float sum = 0;
        for (int t = 0; t < p.k(); t++) {
          sum += p.a()[i * p.k() + t] * p.b()[t * p.n() + j];
        }
        p.y()[i * p.n() + j] = sum;
      }
    }
    p.activate();
  }
}
