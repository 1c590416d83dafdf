package engram.learn.continual;

import engram.learn.api.Continual;
import engram.op.Values;
import java.util.List;
import java.util.random.RandomGenerator;

/** Cross-entropy on new images alone, three times: what is to be beaten. */
final class FineTuning implements Continual.Rehearsal {
  private static final int EPOCHS = 3;
  private static final int BATCH = 32;

  @Override
  public void learn(
      Continual.Network network,
      Continual.Memory memory,
      Continual.Task task,
      RandomGenerator random) {
    network.grow(task.classes());
    int count = task.labels().length;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int from = 0; from < count; from += BATCH) {
        int to = Math.min(count, from + BATCH);
        List<Values> images = task.images().subList(from, to);
        Values logits = network.logits(images);
        Values gradient = Values.zeros(logits.shape());
        for (int n = 0; n < images.size(); n++) {
          write(logits.row(n), task.labels()[from + n], 1.0 / images.size(), gradient.row(n));
        }
        network.step(images, gradient);
      }
    }
  }

  private static void write(Values logits, int label, double weight, Values gradient) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logits.size(); k++) {
      largest = Math.max(largest, logits.get(k));
    }
    double shift = largest;
    gradient.map(logits, z -> Math.exp(z - shift));
    double sum = gradient.sum();
    gradient.map(gradient, e -> weight * e / sum);
    gradient.add(label, -weight);
  }
}
