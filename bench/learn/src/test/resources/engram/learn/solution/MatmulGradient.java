import engram.learn.api.Backward;
import engram.op.Values;

public class MatmulGradient implements Backward.Matmul {
  @Override
  public void left(Values dy, Values b, Values da) {
    for (int i = 0; i < da.dim(0); i++) {
      for (int k = 0; k < da.dim(1); k++) {
        double sum = 0;
        for (int j = 0; j < dy.dim(1); j++) {
          sum += dy.get(dy.index(i, j)) * b.get(b.index(k, j));
        }
        da.set(da.index(i, k), sum);
      }
    }
  }

  @Override
  public void right(Values a, Values dy, Values db) {
    for (int k = 0; k < db.dim(0); k++) {
      for (int j = 0; j < db.dim(1); j++) {
        double sum = 0;
        for (int i = 0; i < dy.dim(0); i++) {
          sum += a.get(a.index(i, k)) * dy.get(dy.index(i, j));
        }
        db.set(db.index(k, j), sum);
      }
    }
  }
}
