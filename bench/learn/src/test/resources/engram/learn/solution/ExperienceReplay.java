import engram.learn.api.Remembering;
import engram.op.Values;

public class ExperienceReplay implements Remembering.ExperienceReplay {
  @Override
  public double loss(Values logits, int[] labels, int fresh, Values gradient) {
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double share = 1.0 / (i < fresh ? fresh : labels.length - fresh);
      loss += share * rowLoss(logits.row(i), labels[i], share, gradient.row(i));
    }
    return loss;
  }

  private static double rowLoss(Values row, int label, double share, Values gradient) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < row.size(); k++) {
      largest = Math.max(largest, row.get(k));
    }
    double sum = 0;
    for (int k = 0; k < row.size(); k++) {
      sum += Math.exp(row.get(k) - largest);
    }
    for (int k = 0; k < row.size(); k++) {
      double probability = Math.exp(row.get(k) - largest) / sum;
      gradient.set(k, share * (probability - (k == label ? 1 : 0)));
    }
    return Math.log(sum) + largest - row.get(label);
  }
}
