import engram.learn.api.Remembering;
import engram.op.Values;

public class DerPlusPlus implements Remembering.DerPlusPlus {
  @Override
  public double loss(
      Values logits,
      int[] labels,
      int fresh,
      Values stored,
      double alpha,
      double beta,
      Values gradient) {
    int kept = stored.dim(0);
    int further = labels.length - fresh - kept;
    double loss = 0;
    for (int i = 0; i < fresh; i++) {
      loss += crossEntropy(logits.row(i), labels[i], 1.0 / fresh, gradient.row(i));
    }
    for (int i = 0; i < kept; i++) {
      loss +=
          squares(
              logits.row(fresh + i), stored.row(i), alpha / stored.size(), gradient.row(fresh + i));
    }
    for (int i = fresh + kept; i < labels.length; i++) {
      loss += crossEntropy(logits.row(i), labels[i], beta / further, gradient.row(i));
    }
    return loss;
  }

  private static double squares(Values now, Values then, double weight, Values gradient) {
    double sum = 0;
    for (int k = 0; k < now.size(); k++) {
      double off = now.get(k) - then.get(k);
      sum += weight * off * off;
      gradient.set(k, 2 * weight * off);
    }
    return sum;
  }

  private static double crossEntropy(Values row, int label, double weight, Values gradient) {
    double largest = row.get(0);
    for (int k = 1; k < row.size(); k++) {
      largest = Math.max(largest, row.get(k));
    }
    double sum = 0;
    for (int k = 0; k < row.size(); k++) {
      sum += Math.exp(row.get(k) - largest);
    }
    for (int k = 0; k < row.size(); k++) {
      double probability = Math.exp(row.get(k) - largest) / sum;
      gradient.set(k, weight * (probability - (k == label ? 1 : 0)));
    }
    return weight * (Math.log(sum) + largest - row.get(label));
  }
}
