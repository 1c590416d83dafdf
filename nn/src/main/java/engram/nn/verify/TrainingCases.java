package engram.nn.verify;

import engram.backend.Backend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.io.Checkpoint;
import engram.nn.io.SafeTensors;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Mode;
import engram.nn.optim.Optimiser;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import engram.op.CrossEntropy;
import engram.op.KdLoss;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Cases of training the reference network, alone or with a teacher: losses on the way, parameters
 * afterwards, and logits on the first batch. Sizes of layers and images are told from the tensors.
 */
final class TrainingCases {
  private TrainingCases() {}

  static void train(VectorCase vectors, Backend backend, boolean fusion, Comparison comparison) {
    Attributes attributes = vectors.attributes();
    Shape x = vectors.shape("x");
    if (x.rank() != 5 || vectors.values("labels").length != x.dim(0) * x.dim(1)) {
      throw new NotUnderstoodException(
          "x %s and labels %s, expected [steps, batch, channels, height, width], [steps, batch]"
              .formatted(x, vectors.shape("labels")));
    }
    int steps = attributes.whole("steps", x.dim(0));
    if (steps != x.dim(0)) {
      throw new NotUnderstoodException("steps=%d but x is %s".formatted(steps, x));
    }
    Shape image = Shape.shape(x.dim(3), x.dim(4), x.dim(2));
    float slope = (float) attributes.number("slope", 0.01);
    Network network = network(vectors.group("init"), image, slope, backend);
    Map<String, SafeTensors.Entry> teacher = vectors.group("teacher");
    Objective objective =
        teacher.isEmpty()
            ? Objective.crossEntropy()
            : distilling(network(teacher, image, slope, backend), attributes);
    TrainingOptions options = options(fusion);
    Trainer trainer = new Trainer(network, objective, optimiser(attributes), options);
    trainer.learningRate((float) attributes.number("lr", 1e-3));

    float[] images = Axes.permute(x, vectors.values("x"), Axes.channelsLast(5));
    float[] losses = new float[steps];
    int batch = x.dim(1);
    TrainingStep step = trainer.step(batch);
    for (int i = 0; i < steps; i++) {
      int pixels = batch * image.elements();
      step.images().write(0, images, i * pixels, pixels);
      step.labels().write(0, vectors.values("labels"), i * batch, batch);
      step.run();
      losses[i] = step.loss();
    }

    vectors
        .find("losses")
        .ifPresent(expected -> comparison.compareLoss("losses", expected, losses));
    Map<String, SafeTensors.Entry> trained = Checkpoint.tensors(network);
    vectors
        .group("final")
        .forEach(
            (name, expected) -> {
              SafeTensors.Entry received = trained.get(name);
              if (received == null) {
                throw new NotUnderstoodException("final/" + name);
              }
              comparison.compare("final/" + name, expected, received.values());
            });
    float[] first = Arrays.copyOf(images, batch * image.elements());
    vectors
        .find("logits")
        .ifPresent(
            expected ->
                comparison.compare(
                    "logits", expected, new Inference(network, options).logits(first, batch)));
  }

  private static TrainingOptions options(boolean fusion) {
    TrainingOptions options = new TrainingOptions();
    return fusion ? options : options.withoutFusion();
  }

  private static Optimiser optimiser(Attributes attributes) {
    String name = attributes.has("optimiser") ? "optimiser" : "optimizer";
    return OptimiserCases.optimiser(attributes.text(name, "adam"), attributes);
  }

  /** {@code alpha CE + (1 - alpha) KD} against the teacher's logits. */
  private static Objective distilling(Network teacher, Attributes attributes) {
    double alpha = attributes.number("alpha", 0.5);
    KdLoss kd = new KdLoss(attributes.number("temperature", 2));
    return step -> {
      Tensor logits = step.forward().logits();
      Tensor old = step.frozen(teacher).forward(step.images(), Mode.EVALUATION).logits();
      return step.add(
          step.scale(alpha, step.apply(new CrossEntropy(), logits, step.labels())),
          step.scale(1 - alpha, step.apply(kd, logits, old)));
    };
  }

  private static Network network(
      Map<String, SafeTensors.Entry> tensors, Shape image, float slope, Backend backend) {
    Sequential model =
        Sequential.of(
            image,
            convolution("conv1", tensors),
            new LeakyRelu(slope),
            new MaxPool2d(2),
            convolution("conv2", tensors),
            new LeakyRelu(slope),
            new MaxPool2d(2),
            convolution("conv3", tensors),
            new LeakyRelu(slope),
            new Flatten(),
            classifier(tensors));
    Network network = Network.create(model, backend, 0);
    try {
      Checkpoint.load(tensors, network, "the network");
    } catch (IOException e) {
      throw new NotUnderstoodException(String.valueOf(e.getMessage()));
    }
    return network;
  }

  private static Conv2d convolution(String name, Map<String, SafeTensors.Entry> tensors) {
    Shape w = weight(name, tensors, 4);
    return new Conv2d(name, w.dim(1), w.dim(0), w.dim(2), w.dim(2) / 2);
  }

  private static Linear classifier(Map<String, SafeTensors.Entry> tensors) {
    Shape w = weight("fc", tensors, 2);
    return new Linear("fc", w.dim(1), w.dim(0));
  }

  private static Shape weight(String layer, Map<String, SafeTensors.Entry> tensors, int rank) {
    SafeTensors.Entry entry = tensors.get(layer + ".weight");
    if (entry == null || entry.shape().rank() != rank) {
      throw new NotUnderstoodException(
          "a network without %s.weight of rank %d: %s".formatted(layer, rank, tensors.keySet()));
    }
    return entry.shape();
  }
}
