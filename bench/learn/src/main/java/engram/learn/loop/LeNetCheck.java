package engram.learn.loop;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.data.digits.GeneratedDigits;
import engram.device.Devices;
import engram.learn.api.Loop;
import engram.learn.exercise.Verdict;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Layer;
import engram.nn.layer.Named;
import engram.nn.model.Models;
import engram.nn.train.Inference;
import engram.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Grades LeNet: its layers, then what it has learnt.
 *
 * @param size of the data
 * @param right share of new digits that must be right
 */
record LeNetCheck(GeneratedDigits.Size size, double right) {
  private static final Shape INPUT = shape(28, 28, 1);
  private static final int CLASSES = 10;

  Verdict check(Loop.Convolutional mine) {
    Sequential layers = mine.layers(INPUT, CLASSES);
    Optional<Verdict.Failed> wrong = firstWrong(layers);
    return wrong.isPresent() ? wrong.get() : trained(mine, layers);
  }

  private static Optional<Verdict.Failed> firstWrong(Sequential layers) {
    List<Layer> expected = plain(Models.of("lenet", INPUT, CLASSES));
    List<Layer> received = plain(layers);
    for (int i = 0; i < Math.max(expected.size(), received.size()); i++) {
      String right = i < expected.size() ? describe(expected.get(i)) : "no layer";
      String yours = i < received.size() ? describe(received.get(i)) : "no layer";
      if (!right.equals(yours)) {
        return Optional.of(
            Verdict.failed("layer %d of %d".formatted(i + 1, expected.size()))
                .expected(right, yours));
      }
    }
    return Optional.empty();
  }

  private static List<Layer> plain(Sequential layers) {
    return layers.layers().stream().map(Named::layer).toList();
  }

  /** Kind and sizes, without how first values are drawn. */
  private static String describe(Layer layer) {
    String text = layer.toString();
    int initialiser = text.indexOf(", weight=");
    return initialiser < 0 ? text : text.substring(0, initialiser) + "]";
  }

  private Verdict trained(Loop.Convolutional mine, Sequential layers) {
    Digits.Split digits = Digits.generated(size);
    try (Backend backend = Devices.open()) {
      Network network = Network.create(layers, backend, 1);
      long start = System.nanoTime();
      mine.train(network, digits.train().scaled().examples());
      double seconds = (System.nanoTime() - start) / 1e9;
      double accuracy = new Inference(network).accuracy(digits.test().scaled().examples());
      int pictures = digits.test().labels().length;
      if (!(accuracy >= right)) {
        return Verdict.failed("the share of %,d new digits that is right".formatted(pictures))
            .expected("at least " + LoopChecks.percent(right), LoopChecks.percent(accuracy))
            .likely(
                accuracy < 0.2
                    ? "nothing was learnt: is each batch trained on, and the rate sensible?"
                    : "more epochs, another order in each, or a smaller rate towards the end");
      }
      return Verdict.passed(
          "LeNet-5: %,d parameters".formatted(network.parameters().layout().used()),
          String.format(
              Locale.ROOT,
              "%s of %,d new digits are right, after %.0f s of training on %,d",
              LoopChecks.percent(accuracy),
              pictures,
              seconds,
              digits.train().labels().length));
    }
  }
}
