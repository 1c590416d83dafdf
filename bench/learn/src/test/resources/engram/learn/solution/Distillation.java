import engram.learn.api.Remembering;
import engram.op.Values;

public class Distillation implements Remembering.Distillation {
  @Override
  public double loss(Values logits, Values teacher, double temperature, Values gradient) {
    int rows = logits.dim(0);
    int old = teacher.dim(1);
    double loss = 0;
    gradient.fill(0);
    for (int i = 0; i < rows; i++) {
      double[] before = logSoftmax(teacher.row(i), old, temperature);
      double[] now = logSoftmax(logits.row(i), old, temperature);
      for (int k = 0; k < old; k++) {
        double wanted = Math.exp(before[k]);
        loss += temperature * temperature * wanted * (before[k] - now[k]) / rows;
        gradient.row(i).set(k, temperature * (Math.exp(now[k]) - wanted) / rows);
      }
    }
    return loss;
  }

  private static double[] logSoftmax(Values row, int classes, double temperature) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, row.get(k) / temperature);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(row.get(k) / temperature - largest);
    }
    double[] result = new double[classes];
    for (int k = 0; k < classes; k++) {
      result[k] = row.get(k) / temperature - largest - Math.log(sum);
    }
    return result;
  }
}
