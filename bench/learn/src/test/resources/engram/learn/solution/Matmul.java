import engram.learn.api.Forward;
import engram.op.Values;

public class Matmul implements Forward.Matmul {
  @Override
  public void forward(Values a, Values b, boolean transposeA, boolean transposeB, Values y) {
    int inner = transposeA ? a.dim(0) : a.dim(1);
    for (int i = 0; i < y.dim(0); i++) {
      for (int j = 0; j < y.dim(1); j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          int atA = transposeA ? a.index(k, i) : a.index(i, k);
          int atB = transposeB ? b.index(j, k) : b.index(k, j);
          sum += a.get(atA) * b.get(atB);
        }
        y.set(y.index(i, j), sum);
      }
    }
  }
}
