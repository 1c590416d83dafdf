import engram.learn.api.Remembering;
import engram.op.Values;

public class Herding implements Remembering.Herding {
  @Override
  public int[] choose(Values features, int count) {
    int rows = features.dim(0);
    int columns = features.dim(1);
    double[][] unit = new double[rows][columns];
    double[] mean = new double[columns];
    for (int i = 0; i < rows; i++) {
      double length = Math.sqrt(features.row(i).dot(features.row(i)));
      for (int d = 0; d < columns; d++) {
        unit[i][d] = features.row(i).get(d) / length;
        mean[d] += unit[i][d] / rows;
      }
    }
    int[] chosen = new int[count];
    boolean[] taken = new boolean[rows];
    double[] sum = new double[columns];
    for (int k = 0; k < count; k++) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < rows; i++) {
        double distance = 0;
        for (int d = 0; d < columns; d++) {
          double off = mean[d] - (sum[d] + unit[i][d]) / (k + 1);
          distance += off * off;
        }
        if (!taken[i] && distance < least) {
          least = distance;
          chosen[k] = i;
        }
      }
      taken[chosen[k]] = true;
      for (int d = 0; d < columns; d++) {
        sum[d] += unit[chosen[k]][d];
      }
    }
    return chosen;
  }
}
