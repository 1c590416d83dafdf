package engram.cl.experiment;

import engram.cl.metrics.Confusion;
import engram.cl.stream.Batch;
import engram.cl.stream.Batches;
import engram.cl.stream.PixelScale;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.train.Inference;

/** Measures networks on test images. */
final class Examiner {
  /** Images that are classified at once. */
  private static final int BATCH = 256;

  private final Batch batch;

  /**
   * @param imageElements floats of one image
   */
  Examiner(int imageElements, PixelScale scale) {
    batch = new Batch(BATCH, imageElements, scale);
  }

  /** Classifies each example by its largest logit and counts the answers. */
  Confusion examine(Network network, Examples examples) {
    int classes = network.classes();
    Confusion confusion = new Confusion(classes);
    Inference inference = new Inference(network);
    Batches batches = Batches.inOrder(examples, BATCH);
    float[] logits = new float[BATCH * classes];
    for (int i = 0; i < batches.count(); i++) {
      batch.clear();
      batches.appendTo(batch, i);
      Inference.Batch plan = inference.batch(batch.size());
      plan.images().write(0, batch.pixels(), 0, plan.images().elements());
      plan.run();
      plan.logits().read(0, logits, 0, plan.logits().elements());
      for (int image = 0; image < batch.size(); image++) {
        confusion.add(batch.labels()[image], largest(logits, image * classes, classes));
      }
    }
    return confusion;
  }

  private static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
