package engram.bench.peers;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.nn.Network;
import engram.nn.optim.Adam;
import engram.nn.optim.Optimiser;
import engram.nn.optim.Sgd;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;

/** The same network here, as {@code engram bench --step} runs it. */
final class EngramNet {
  private final TrainingStep training;
  private final Inference.Batch inference;
  private final float[] logits;

  EngramNet(MeasuredStep setup, Setting setting, Backend backend) {
    training = training(setup, setting, backend);
    inference = setup.inference(backend);
    logits = new float[inference.logits().elements()];
  }

  /** The training step alone. */
  static TrainingStep training(MeasuredStep setup, Setting setting, Backend backend) {
    Optimiser optimiser =
        setting.sgd()
            ? new Sgd(Setting.RATE, Setting.MOMENTUM, false, Setting.DECAY)
            : new Adam(Setting.RATE);
    Network network = Network.create(setup.layers(), backend, 1);
    return setup.filled(
        new Trainer(network, Objective.crossEntropy(), optimiser, new TrainingOptions()));
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
