package engram.cl.experiment;

import engram.backend.Buffer;
import engram.cl.strategy.Readout;
import engram.cl.stream.Batch;
import engram.cl.stream.ImageInput;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.train.Inference;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a network while it is trained: after each step about few images, so always with the same
 * plan, which runs full batches.
 */
final class OnlineReadout implements Readout {
  private final Batch batch;
  private final Network network;
  private Optional<Inference.Batch> plan = Optional.empty();

  /**
   * @param size images of a batch
   */
  OnlineReadout(Network network, ImageInput input, int size) {
    this.network = network;
    batch = input.batch(size);
  }

  @Override
  public float[][] features(Examples examples) {
    return rows(examples, Inference.Batch::features);
  }

  @Override
  public float[][] logits(Examples examples) {
    return rows(examples, Inference.Batch::logits);
  }

  private float[][] rows(Examples examples, Function<Inference.Batch, Buffer> output) {
    if (plan.isEmpty()) {
      plan = Optional.of(new Inference(network).batch(batch.capacity()));
    }
    Inference.Batch ran = plan.get();
    float[][] rows = new float[examples.size()][];
    for (int start = 0; start < rows.length; start += batch.capacity()) {
      batch.clear();
      for (int i = start; i < Math.min(rows.length, start + batch.capacity()); i++) {
        batch.add(examples, i);
      }
      batch.copyTo(ran);
      ran.run();
      ForwardPass.read(output.apply(ran), batch.capacity(), rows, start, batch.size());
    }
    return rows;
  }
}
