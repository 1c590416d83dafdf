package engram.learn.memory;

import engram.learn.api.Memory;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import java.util.List;

/** Storage of what a training step computes. */
public final class MemoryChapter {
  private MemoryChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "6",
          "Memory",
          "engine/COURSE.md",
          List.of(
              Exercise.of(
                  "Lifetimes",
                  "from which node to which a value lives",
                  Memory.Lifetimes.class,
                  LifetimesCheck::check),
              Exercise.of(
                  "Packing",
                  "one array for all values",
                  Memory.Packing.class,
                  PackingCheck::check)));
}
