package engram.learn.loop;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.data.digits.GeneratedDigits;
import engram.device.Devices;
import engram.learn.api.Loop;
import engram.learn.exercise.Verdict;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Relu;
import engram.nn.train.Inference;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Grades loops over the parts of a step. */
final class LoopChecks {
  private static final Shape INPUT = shape(28, 28, 1);
  private static final int CLASSES = 10;
  private static final Sequential PERCEPTRON =
      Sequential.of(INPUT, new Flatten(), new Linear(784, 32), new Relu(), new Linear(32, CLASSES));
  private static final Sequential CONVOLUTIONAL =
      Sequential.of(
          INPUT,
          new Conv2d(1, 8, 5, 2),
          new Relu(),
          new MaxPool2d(2),
          new Conv2d(8, 16, 5, 2),
          new Relu(),
          new MaxPool2d(2),
          new Flatten(),
          new Linear(784, CLASSES));

  private static final int BATCH = 32;
  private static final double OVERFIT = 0.01;
  private static final int OVERFIT_UPDATES = 2000;

  /** What a repaired loop comes to, with room: half of what its first epoch leaves. */
  private static final double REPAIRED = 0.5;

  private static final double REPAIRED_ACCURACY = 0.8;
  private static final int REPAIRED_UPDATES = 1000;

  private static final int DIGITS_UPDATES = 20_000;

  private LoopChecks() {}

  static Verdict overfit(Loop.Training mine) {
    Digits batch = Digits.generated(new GeneratedDigits.Size(4, 1)).train().scaled().some(BATCH);
    try (Backend backend = Devices.open()) {
      Network network = Network.create(PERCEPTRON, backend, 1);
      EngineMachine machine = new EngineMachine(network, OVERFIT_UPDATES);
      train(mine, machine, batch);
      if (machine.mostAdded() > 1) {
        return Verdict.failed(
                "an update with the gradients of %d backward passes, added up"
                    .formatted(machine.mostAdded()))
            .expected("those of 1", machine.mostAdded())
            .likely("backward adds to what is there: what was there before the loop's next turn?");
      }
      double loss = loss(network, batch);
      double accuracy = new Inference(network).accuracy(batch.examples());
      if (!(loss <= OVERFIT && accuracy == 1)) {
        Verdict.Failed failed =
            Verdict.failed("the loss of the batch when your loop has ended")
                .expected("at most " + OVERFIT, text(loss))
                .and("%.0f of %d pictures are right".formatted(accuracy * BATCH, BATCH));
        return told(machine, failed).likely(cause(machine, loss));
      }
      return passed(
          machine,
          "loss %s after %d updates, all %d pictures are right"
              .formatted(text(loss), machine.updates(), BATCH));
    }
  }

  private static String cause(EngineMachine machine, double loss) {
    if (machine.updates() == 0) {
      return "update was never called, so the parameters are what they were";
    }
    if (!Double.isFinite(loss)) {
      return "the rate is too large, so that each step leaps over the valley; or its sign is wrong";
    }
    return machine.updates() < OVERFIT_UPDATES / 4
        ? "it has ended too soon, or the rate is too small"
        : "the rate is too small or too large, or its sign is wrong";
  }

  /** A loop that was broken: its loss must fall as that of a sound one. */
  static Verdict repaired(Loop.Training mine, boolean scaled) {
    Digits.Split all = Digits.generated(new GeneratedDigits.Size(12, 6));
    Digits train = scaled ? all.train().scaled() : all.train();
    Digits shuffled = train.some(train.labels().length);
    Digits sound = all.train().scaled();
    try (Backend backend = Devices.open()) {
      Network network = Network.create(PERCEPTRON, backend, 1);
      EngineMachine machine = new EngineMachine(network, REPAIRED_UPDATES);
      train(mine, machine, shuffled);
      double loss = loss(network, sound);
      double accuracy = new Inference(network).accuracy(all.test().scaled().examples());
      if (!(loss <= REPAIRED && accuracy >= REPAIRED_ACCURACY)) {
        Verdict.Failed failed =
            Verdict.failed("the loss of all training pictures when the loop has ended")
                .expected("at most " + REPAIRED, text(loss))
                .and(
                    "new pictures, their pixels 0 to 1: expected at least %s right, received %s"
                        .formatted(percent(REPAIRED_ACCURACY), percent(accuracy)));
        return told(machine, failed)
            .and("log 10 = 2.303 is the loss of one who guesses among ten classes");
      }
      return passed(
          machine,
          "loss %s after %d updates, new pictures: %s right"
              .formatted(text(loss), machine.updates(), percent(accuracy)));
    }
  }

  /**
   * @param right share of new digits that must be right
   */
  static Verdict digits(Loop.Training mine, GeneratedDigits.Size size, double right) {
    Digits.Split all = Digits.generated(size);
    try (Backend backend = Devices.open()) {
      Network network = Network.create(CONVOLUTIONAL, backend, 1);
      EngineMachine machine = new EngineMachine(network, DIGITS_UPDATES);
      train(mine, machine, all.train());
      double accuracy = new Inference(network).accuracy(all.test().scaled().examples());
      if (!(accuracy >= right)) {
        Verdict.Failed failed =
            Verdict.failed(
                    "the share of %d new pictures that is right"
                        .formatted(all.test().labels().length))
                .expected("at least " + percent(right), percent(accuracy))
                .and("the pixels of new pictures are 0 to 1 when the network sees them");
        return told(machine, failed);
      }
      return passed(
          machine,
          "%s of %d new pictures are right, after %,d updates"
              .formatted(percent(accuracy), all.test().labels().length, machine.updates()));
    }
  }

  private static void train(Loop.Training mine, EngineMachine machine, Digits digits) {
    Digits copy = digits.copy();
    mine.train(machine, copy.pictures(), copy.labels());
  }

  /** With the losses and what the doctor saw. */
  private static Verdict.Failed told(EngineMachine machine, Verdict.Failed failed) {
    return machine.doctor().under(machine.curve().under(failed));
  }

  /** What was reached, the losses on the way and what the doctor saw. */
  private static Verdict passed(EngineMachine machine, String reached) {
    List<String> evidence = new ArrayList<>();
    evidence.add(reached);
    evidence.add("loss of your forward passes: " + machine.curve());
    evidence.addAll(machine.doctor().lines());
    return new Verdict.Passed(evidence);
  }

  /** Mean cross-entropy of all pictures, with nothing trained. */
  private static double loss(Network network, Digits digits) {
    EngineMachine judge = new EngineMachine(network, 0);
    judge.batch(digits.pictures(), digits.labels());
    return judge.forward();
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String text(double loss) {
    return String.format(Locale.ROOT, "%.4f", loss);
  }
}
