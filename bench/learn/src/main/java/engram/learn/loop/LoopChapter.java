package engram.learn.loop;

import engram.data.digits.GeneratedDigits;
import engram.learn.api.Loop;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Check;
import engram.learn.exercise.Exercise;
import java.time.Duration;
import java.util.List;

/** Training loops, and what they were first good for. */
public final class LoopChapter {
  private LoopChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "8",
          "A training loop",
          "nn/COURSE.md",
          List.of(
              training("OverfitBatch", "thirty-two pictures by heart", LoopChecks::overfit),
              training("BugOne", "a loop to repair", mine -> LoopChecks.repaired(mine, true)),
              training("BugTwo", "another one", mine -> LoopChecks.repaired(mine, true)),
              training("BugThree", "and a third", mine -> LoopChecks.repaired(mine, false)),
              training(
                      "DigitLoop",
                      "97 % of new digits",
                      mine -> LoopChecks.digits(mine, GeneratedDigits.Size.QUICK, 0.97))
                  .withQuick(mine -> LoopChecks.digits(mine, new GeneratedDigits.Size(16, 6), 0.9))
                  .within(Duration.ofMinutes(2))));

  /** The network that read the cheques of the nineties. */
  public static final Chapter YEAR_1998 =
      new Chapter(
          "1998",
          "LeNet",
          "nn/COURSE.md",
          List.of(
              Exercise.of(
                      "LeNet",
                      "99 % of new digits",
                      Loop.Convolutional.class,
                      mine -> new LeNetCheck(GeneratedDigits.Size.FULL, 0.99).check(mine))
                  .withQuick(mine -> new LeNetCheck(GeneratedDigits.Size.QUICK, 0.95).check(mine))
                  .within(Duration.ofMinutes(5))));

  private static Exercise<Loop.Training> training(
      String name, String title, Check<Loop.Training> check) {
    return Exercise.of(name, title, Loop.Training.class, check).within(Duration.ofSeconds(30));
  }
}
