package engram.learn.forgetting;

import engram.learn.api.Forgetting;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import java.util.List;

/** How forgetting is measured, and a memory against it. */
public final class ForgettingChapter {
  private ForgettingChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "11",
          "Forgetting",
          "cl/COURSE.md",
          List.of(
              Exercise.of(
                      "AccuracyMatrix",
                      "how much was forgotten",
                      Forgetting.AccuracyMatrix.class,
                      MatrixCheck::check)
                  .onOwnCode(),
              Exercise.of(
                      "Reservoir",
                      "a fair memory of a stream",
                      Forgetting.Reservoir.class,
                      ReservoirCheck::check)
                  .onOwnCode()));
}
