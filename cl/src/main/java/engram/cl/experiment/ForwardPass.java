package engram.cl.experiment;

import engram.backend.Buffer;
import engram.cl.stream.Batch;
import engram.cl.stream.Batches;
import engram.cl.stream.ImageInput;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.train.Inference;
import engram.random.CounterRandom;
import java.util.function.BiConsumer;

/** Runs networks over examples in batches. */
final class ForwardPass {
  /** Images that are run at once. */
  static final int BATCH = 256;

  private final Batch batch;
  private final StopRequest stop;
  private final CounterRandom random;

  /** A pass over images as they are. */
  ForwardPass(ImageInput input, StopRequest stop) {
    this(input.batch(BATCH), new CounterRandom(0), stop);
  }

  /**
   * A pass over images that vary.
   *
   * @param batch holds {@link #BATCH} images
   * @param random numbers for this pass alone
   */
  ForwardPass(Batch batch, CounterRandom random, StopRequest stop) {
    this.stop = stop;
    this.batch = batch;
    this.random = random;
  }

  /** Reads the first {@code count} of {@code all} rows to {@code into}, {@code from} on. */
  static void read(Buffer values, int all, float[][] into, int from, int count) {
    int columns = values.elements() / all;
    for (int i = 0; i < count; i++) {
      into[from + i] = new float[columns];
      values.read(i * columns, into[from + i], 0, columns);
    }
  }

  /**
   * Shows all examples to a network, in order.
   *
   * @param visitor sees each batch after it has run; what it holds is overwritten by the next
   */
  void run(Network network, Examples examples, BiConsumer<Batch, Inference.Batch> visitor) {
    Inference inference = new Inference(network);
    Batches batches = Batches.inOrder(examples, BATCH);
    for (int i = 0; i < batches.count(); i++) {
      stop.endIfMade();
      batch.begin(random.split(i));
      batches.appendTo(batch, i);
      Inference.Batch plan = inference.batch(batch.size());
      batch.copyTo(plan);
      plan.run();
      visitor.accept(batch, plan);
    }
  }
}
