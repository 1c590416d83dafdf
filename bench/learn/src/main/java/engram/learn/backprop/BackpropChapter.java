package engram.learn.backprop;

import static engram.tensor.Shape.shape;

import engram.learn.api.Backprop;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** 1986: XOR, then digits. */
public final class BackpropChapter {
  private static final double TOLERANCE = 1e-4;
  private static final int XOR_STEPS = 200;
  private static final double XOR_RATE = 0.5;
  private static final int BATCH = 20;
  private static final int DIGIT_STEPS = 150;
  private static final double DIGIT_RATE = 0.2;

  /** Share of digits by unknown writers that the reference reads, and less. */
  private static final double DIGITS_RIGHT = 0.8;

  private BackpropChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "1986",
          "Back-propagating errors",
          "engine/COURSE.md",
          List.of(
              Exercise.of("Xor", "one step", Backprop.Xor.class, BackpropChapter::xor).onOwnCode(),
              Exercise.of(
                      "Digits", "a training loop", Backprop.Digits.class, BackpropChapter::digits)
                  .onOwnCode()));

  private static Verdict xor(Backprop.Xor mine) {
    Values x = Mlp.values(shape(4, 2), 0, 0, 0, 1, 1, 0, 1, 1);
    Values labels = Mlp.values(shape(4), 0, 1, 1, 0);
    List<Values> parameters = Mlp.parameters(2, 8, 2);
    Mlp reference = new Mlp(parameters, 4, XOR_RATE);
    List<Values> yours = Mlp.copy(parameters);
    double first = 0;
    double last = 0;
    for (int step = 0; step < XOR_STEPS; step++) {
      double expected = reference.step(x, labels, 0);
      last = mine.step(x, labels, yours, XOR_RATE);
      first = step == 0 ? last : first;
      if (!(Math.abs(expected - last) <= TOLERANCE)) {
        return wrong(step, XOR_STEPS, expected, last);
      }
    }
    double accuracy = Mlp.accuracy(yours, x, labels);
    if (accuracy < 1) {
      return Verdict.failed("the losses are right, but the network does not solve XOR")
          .and(
              "accuracy %.0f %%: are the parameters that were given the ones you changed?"
                  .formatted(100 * accuracy));
    }
    return Verdict.passed(curve(XOR_STEPS, first, last), "XOR: 4 of 4 right");
  }

  private static Verdict digits(Backprop.Digits mine) {
    DigitRows.Both digits = DigitRows.Both.generate();
    DigitRows train = digits.train();
    List<Values> parameters = Mlp.parameters(train.pixels().dim(1), 24, 16, 10);
    Mlp reference = new Mlp(parameters, BATCH, DIGIT_RATE);
    List<Values> yours = Mlp.copy(parameters);
    double[] losses =
        mine.train(train.pixels(), train.labels(), yours, BATCH, DIGIT_RATE, DIGIT_STEPS);
    if (losses == null) {
      return Verdict.failed("your method returned null")
          .and("expected an array with the loss of each of %d steps".formatted(DIGIT_STEPS));
    }
    if (losses.length != DIGIT_STEPS) {
      return Verdict.failed("your method returned the wrong number of losses")
          .expected(DIGIT_STEPS + ", one for each step", losses.length)
          .likely("steps are counted, not rows or batches: behind the last row it begins again");
    }
    int batches = train.labels().size() / BATCH;
    IntToDoubleFunction right =
        step -> reference.step(train.pixels(), train.labels(), step % batches * BATCH);
    for (int step = 0; step < DIGIT_STEPS; step++) {
      double expected = right.applyAsDouble(step);
      if (!(Math.abs(expected - losses[step]) <= TOLERANCE)) {
        Verdict.Failed failed = wrong(step, DIGIT_STEPS, expected, losses[step]);
        return step == batches
            ? failed.likely("all rows were seen once: now the first batch comes again")
            : failed;
      }
    }
    double accuracy = Mlp.accuracy(yours, digits.test().pixels(), digits.test().labels());
    String held = "digits by writers it has never seen: %.1f %% right".formatted(100 * accuracy);
    if (accuracy < DIGITS_RIGHT) {
      return Verdict.failed("the losses are right, but not the network: " + held)
          .likely("the parameters that were given are not the ones you changed");
    }
    return Verdict.passed(curve(DIGIT_STEPS, losses[0], losses[DIGIT_STEPS - 1]), held);
  }

  private static Verdict.Failed wrong(int step, int steps, double expected, double received) {
    Verdict.Failed failed =
        Verdict.failed("loss of step %d of %d".formatted(step + 1, steps))
            .expected(Numbers.text(expected) + " (the reference's)", Numbers.text(received));
    return switch (step) {
      case 0 -> failed.likely("forward: no parameter has changed before the first loss");
      case 1 ->
          failed.likely(
              "a gradient, the update, or which pictures the second step takes: the first loss was"
                  + " right");
      default -> failed;
    };
  }

  private static String curve(int steps, double first, double last) {
    return String.format(
        Locale.ROOT, "loss of %d steps, each as the reference's: %.4f to %.4f", steps, first, last);
  }
}
