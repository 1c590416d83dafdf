package engram.learn.look;

import engram.learn.api.Looking;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looking before making. */
public final class LookChapter {
  private LookChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "0",
          "Look",
          "bench/COURSE.md",
          List.of(
              Exercise.of(
                  "Look", "ten questions on a step", Looking.Answers.class, LookChapter::check)));

  private static Verdict check(Looking.Answers mine) {
    LookedAtStep step = new LookedAtStep();
    List<String> wrong = new ArrayList<>();
    check(wrong, 1, mine.recordedForward(), step.recorded("forward"));
    check(wrong, 2, mine.appendedBackward(), step.recorded("backward"));
    check(wrong, 3, mine.elementsOfConvolution(), step.output("conv2d").length);
    check(wrong, 4, mine.elementsOfLinearGradient(), step.elementsOfLinearGradient());
    // Spelt as engram step does it, fused_conv2d, or as engram graph does, FusedConv2d.
    if (!letters(step.fusedInto()).equals(letters(mine.fusedInto()))) {
      wrong.add("question 5: it is not \"%s\"".formatted(mine.fusedInto()));
    }
    check(wrong, 6, mine.fusedNodes(), step.fusedNodes());
    check(wrong, 7, mine.loss(), step.output("cross_entropy")[0]);
    check(wrong, 8, mine.normOfConvolutionGradient(), norm(step.output("conv2d.weight_gradient")));
    check(wrong, 9, mine.percentOfZeros(), zeros(step.output("max_pool2d.gradient")));
    check(wrong, 10, mine.inputGradients(), step.count("conv2d.input_gradient"));
    if (wrong.isEmpty()) {
      return Verdict.passed("ten of ten questions");
    }
    return new Verdict.Failed("%d of 10 are right".formatted(10 - wrong.size()), wrong);
  }

  private static String letters(String op) {
    return op.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Right to three digits, which is how the step is shown. */
  private static void check(List<String> wrong, int question, double answer, double right) {
    if (!(Math.abs(answer - right) <= 0.006 * Math.abs(right))) {
      wrong.add("question %d: it is not %s".formatted(question, Numbers.text(answer)));
    }
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static double zeros(float[] values) {
    int zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return 100.0 * zeros / values.length;
  }
}
