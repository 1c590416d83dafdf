package engram.learn.continual;

import engram.backend.Backend;
import engram.cl.metrics.Estimate;
import engram.device.Devices;
import engram.learn.api.Continual;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Grades <i>2017</i>: the learner's program against fine-tuning, on the same seeds. */
final class RehearsalCheck {
  private static final int SEEDS = 3;
  private static final int CAPACITY = 200;
  private static final double POINTS = 40;

  /** A seed that ends so little ahead decides alone: it need not be run three times. */
  private static final double HOPELESS = POINTS / 2;

  private final TwoByTwo digits = new TwoByTwo();
  private final Backend backend;

  private RehearsalCheck(Backend backend) {
    this.backend = backend;
  }

  static Verdict check(Continual.Rehearsal mine) {
    try (Backend backend = Devices.open("vector", 1, line -> {})) {
      return new RehearsalCheck(backend).compare(mine);
    }
  }

  private Verdict compare(Continual.Rehearsal mine) {
    double[] yours = new double[SEEDS];
    double[] theirs = new double[SEEDS];
    List<String> rows = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      theirs[seed] = accuracy(new FineTuning(), seed, false);
      yours[seed] = accuracy(mine, seed, true);
      rows.add(
          text(
              "seed %d: fine-tuning ends at %.1f %%, yours at %.1f %%",
              seed + 1, theirs[seed], yours[seed]));
      if (yours[seed] - theirs[seed] < HOPELESS) {
        return new Verdict.Failed(rows.removeLast(), rows)
            .and(text("it is to be %.0f points ahead, over %d seeds", POINTS, SEEDS))
            .likely(cause(yours[seed], theirs[seed]));
      }
    }
    Estimate ahead = Estimate.ofPairedDifference(yours, theirs);
    double least = ahead.mean() - ahead.halfWidth().orElseThrow();
    String interval =
        text(
            "ahead by %s points, 95 %% interval over %d paired seeds; all of it is to be above"
                + " %.0f",
            ahead.toText(), SEEDS, POINTS);
    rows.add(interval);
    return least > POINTS
        ? new Verdict.Passed(rows)
        : new Verdict.Failed(rows.removeLast(), rows)
            .likely(
                "it works, but not well: do images from memory weigh as much as new ones, is the"
                    + " memory full, and is each image seen two or three times?");
  }

  private static String cause(double yours, double theirs) {
    if (yours < 0.75 * theirs) {
      return "it learns nothing: is network.step called, with the gradient that your losses wrote?";
    }
    return yours < theirs + HOPELESS / 4
        ? "it forgets as fine-tuning does: do rows from memory join each batch, with their labels?"
        : "it remembers something: how many rows from memory join each batch, and is every task's"
            + " image offered to the reservoir?";
  }

  /** Percent of all test images that are told right after the last task. */
  private double accuracy(Continual.Rehearsal rehearsal, long seed, boolean graded) {
    EngineNetwork network = new EngineNetwork(backend, seed);
    Shelf memory = new Shelf(CAPACITY);
    SplittableRandom random = new SplittableRandom(seed);
    for (Continual.Task task : digits.tasks(seed)) {
      rehearsal.learn(network, memory, task, random);
      if (graded) {
        require(network, memory, task);
      }
      new TwoByTwo.Images(task.images(), task.labels()).destroy();
    }
    TwoByTwo.Images test = digits.test(seed);
    Values logits = network.logits(test.images());
    int right = 0;
    for (int n = 0; n < test.labels().length; n++) {
      right += largest(logits.row(n)) == test.labels()[n] ? 1 : 0;
    }
    return 100.0 * right / test.labels().length;
  }

  private static void require(EngineNetwork network, Shelf memory, Continual.Task task) {
    if (network.classes() != task.classes()) {
      throw new Verdict.Stop(
          Verdict.failed("the network has %d classes after the task".formatted(network.classes()))
              .and("expected %d: network.grow(task.classes())".formatted(task.classes())));
    }
    if (memory.size() == 0) {
      throw new Verdict.Stop(
          Verdict.failed("the memory is empty after the task")
              .and("memory.put(place, image, label) stores an image, where reservoir says"));
    }
    if (task.earlier() > 0 && network.questionsToCopies() == 0) {
      throw new Verdict.Stop(
          Verdict.failed("no copy of the old network was asked in the second task")
              .and(
                  "the teacher of distillation is network.copy(), taken before network.grow; ask it"
                      + " for its logits of each batch"));
    }
  }

  private static int largest(Values row) {
    int largest = 0;
    for (int k = 1; k < row.size(); k++) {
      largest = row.get(k) > row.get(largest) ? k : largest;
    }
    return largest;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
