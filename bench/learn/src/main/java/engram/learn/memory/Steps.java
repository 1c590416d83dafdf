package engram.learn.memory;

import static engram.tensor.Shape.shape;

import engram.backend.reference.ReferenceBackend;
import engram.graph.Graph;
import engram.nn.Network;
import engram.nn.model.Models;
import engram.nn.optim.Sgd;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.tensor.Shape;
import java.util.List;

/** Training steps of real networks, as the engine records, differentiates and fuses them. */
final class Steps {
  private static final int CLASSES = 10;

  private Steps() {}

  /** A step's graph under a name for people. */
  record Step(String name, Graph graph) {}

  static List<Step> all() {
    return List.of(
        step("mlp 64 2", shape(12, 12, 1), 16, true),
        step("lenet", shape(28, 28, 1), 4, true),
        step("simple", shape(16, 16, 3), 4, true),
        step("lenet", shape(28, 28, 1), 4, false),
        step("bn", shape(16, 16, 3), 4, true));
  }

  private static Step step(String network, Shape input, int batch, boolean fused) {
    Network made = Network.create(Models.of(network, input, CLASSES), new ReferenceBackend(), 1);
    TrainingOptions options = new TrainingOptions();
    Trainer trainer =
        new Trainer(
            made,
            Objective.crossEntropy(),
            new Sgd(0.1),
            fused ? options : options.withoutFusion());
    return new Step(
        "a training step of %s, batch %d%s".formatted(network, batch, fused ? "" : ", not fused"),
        trainer.step(batch).plan().graph());
  }
}
