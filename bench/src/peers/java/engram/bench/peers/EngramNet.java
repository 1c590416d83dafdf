package engram.bench.peers;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.nn.train.Inference;
import engram.nn.train.TrainingStep;

/** The same network here, as {@code engram bench --step} runs it. */
final class EngramNet {
  private final TrainingStep training;
  private final Inference.Batch inference;
  private final float[] logits;

  EngramNet(int batch, Backend backend) {
    MeasuredStep setup = MeasuredStep.reference(batch);
    training = setup.training(backend);
    inference = setup.inference(backend);
    logits = new float[inference.logits().elements()];
  }

  float train() {
    training.run();
    return training.loss();
  }

  float infer() {
    inference.run();
    inference.logits().read(0, logits, 0, logits.length);
    return logits[0];
  }
}
