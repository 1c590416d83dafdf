package engram.learn.forward;

import engram.learn.api.Forward;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.OwnOps;
import engram.op.LeakyRelu;
import java.util.List;
import java.util.Optional;

/** Ops forward. */
public final class ForwardChapter {
  private ForwardChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "2",
          "Forward",
          "engine/COURSE.md",
          List.of(
              Exercise.of(
                  "LeakyRelu",
                  "negative numbers, made small",
                  Forward.LeakyRelu.class,
                  mine -> leakyRelu(mine).check())));

  private static OwnOps leakyRelu(Forward.LeakyRelu mine) {
    return new OwnOps(
        new LeakyRelu(0).cases(),
        List.of("x"),
        List.of("y"),
        op ->
            op instanceof LeakyRelu(float slope)
                ? Optional.of((in, out) -> mine.forward(in.get(0), slope, out.get(0)))
                : Optional.empty());
  }
}
