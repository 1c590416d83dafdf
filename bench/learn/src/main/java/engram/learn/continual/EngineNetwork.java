package engram.learn.continual;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.learn.api.Continual;
import engram.learn.exercise.Verdict;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Linear;
import engram.nn.layer.Relu;
import engram.nn.optim.Adam;
import engram.nn.train.Inference;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.op.Values;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The learner's gradient in a real training step: the loss that is recorded is the sum of logits
 * times a further input, so that this input is the gradient of the loss with respect to the logits.
 */
final class EngineNetwork implements Continual.Network {
  private static final int PIXELS = 784;
  private static final int HIDDEN = 64;

  /** Outputs that are there from the start; those of classes to come take part in nothing. */
  private static final int OUTPUTS = 10;

  private static final double RATE = 1e-3;

  private final Network network;
  private final Inference inference;
  private final AtomicInteger questions;
  private final boolean copied;
  private Trainer trainer;
  private int classes;

  /** A new network. */
  EngineNetwork(Backend backend, long seed) {
    this(
        Network.create(
            Sequential.of(
                shape(PIXELS), new Linear(PIXELS, HIDDEN), new Relu(), new Linear(HIDDEN, OUTPUTS)),
            backend,
            seed),
        0,
        new AtomicInteger(),
        false);
  }

  private EngineNetwork(Network network, int classes, AtomicInteger questions, boolean copied) {
    this.network = network;
    this.classes = classes;
    this.questions = questions;
    this.copied = copied;
    inference = new Inference(network);
    trainer = trainer();
  }

  /** Adam begins anew with each task. */
  private Trainer trainer() {
    return new Trainer(
        network,
        step -> {
          var logits = step.forward().logits();
          return step.sum(step.multiply(logits, step.input("gradient", logits.shape())));
        },
        new Adam(RATE));
  }

  /** How often copies of this network, and copies of those, were asked. */
  int questionsToCopies() {
    return questions.get();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void grow(int to) {
    if (to < classes || to > OUTPUTS) {
      throw new IllegalArgumentException(
          "network.grow(%d): it has %d classes, and there are %d in all"
              .formatted(to, classes, OUTPUTS));
    }
    classes = to;
    trainer = trainer();
  }

  @Override
  public Values logits(List<Values> images) {
    require(!images.isEmpty(), "network.logits: there is no image");
    require(classes > 0, "network.logits: it knows no class yet: network.grow(task.classes())");
    if (copied) {
      questions.incrementAndGet();
    }
    float[] all = inference.logits(pixels(images), images.size());
    Values logits = Values.zeros(shape(images.size(), classes));
    for (int n = 0; n < images.size(); n++) {
      for (int k = 0; k < classes; k++) {
        logits.set(logits.index(n, k), all[n * OUTPUTS + k]);
      }
    }
    return logits;
  }

  @Override
  public void step(List<Values> images, Values gradient) {
    require(!images.isEmpty(), "network.step: there is no image");
    require(
        gradient.shape().equals(shape(images.size(), Math.max(1, classes))),
        "network.step: %d images, the network has %d classes, and gradient is %s"
            .formatted(images.size(), classes, gradient.shape()));
    float[] all = new float[images.size() * OUTPUTS];
    for (int n = 0; n < images.size(); n++) {
      for (int k = 0; k < classes; k++) {
        double value = gradient.get(gradient.index(n, k));
        require(
            Double.isFinite(value), "network.step: gradient[%d, %d] is %s".formatted(n, k, value));
        all[n * OUTPUTS + k] = (float) value;
      }
    }
    TrainingStep step = trainer.step(images.size());
    step.inputs().write(pixels(images));
    step.input("gradient").write(all);
    step.run();
  }

  private static float[] pixels(List<Values> images) {
    float[] pixels = new float[images.size() * PIXELS];
    for (int n = 0; n < images.size(); n++) {
      Values image = images.get(n);
      require(
          image.size() == PIXELS && Double.isFinite(image.get(0)),
          "image %d of the batch is of an earlier task, which is gone: only the memory keeps images"
              .formatted(n));
      System.arraycopy(image.toFloats(), 0, pixels, n * PIXELS, PIXELS);
    }
    return pixels;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new Verdict.Stop(Verdict.failed(problem));
    }
  }

  @Override
  public Continual.Network copy() {
    return new EngineNetwork(network.copy(), classes, questions, true);
  }
}
