package engram.learn.learning;

import engram.learn.api.Learning;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import java.util.List;

/** How parameters begin and change. */
public final class LearningChapter {
  private LearningChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "7",
          "Learning",
          "nn/COURSE.md",
          List.of(
              Exercise.of(
                  "Sgd", "downhill, with momentum", Learning.Sgd.class, OptimiserChecks::sgd),
              Exercise.of(
                  "Adam", "a rate for each parameter", Learning.Adam.class, OptimiserChecks::adam),
              Exercise.of(
                  "Initialisation",
                  "where weights begin",
                  Learning.Initialisation.class,
                  InitialisationCheck::check),
              Exercise.of(
                  "BatchNorm",
                  "values of one size",
                  Learning.BatchNorm.class,
                  BatchNormCheck::check)));
}
