package engram.learn.continual;

import engram.cl.catalog.StrategyProvider;
import engram.learn.api.Continual;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import java.time.Duration;
import java.util.List;

/** 2017, all of chapters 11 and 12 in one program; and the capstone. */
public final class ContinualChapter {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ContinualChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "2017",
          "A memory and a teacher",
          "cl/COURSE.md",
          List.of(
              Exercise.of(
                      "Rehearsal",
                      "forty points better than forgetting",
                      Continual.Rehearsal.class,
                      RehearsalCheck::check)
                  .within(LIMIT)
                  .onOwnCode()));

  /** The last exercise of the course. */
  public static final Chapter CAPSTONE =
      new Chapter(
          "*",
          "Capstone",
          "cl/COURSE.md",
          List.of(
              Exercise.of(
                      "Mine",
                      "a strategy of your own in engram run",
                      StrategyProvider.class,
                      MineCheck::check)
                  .within(LIMIT)));
}
