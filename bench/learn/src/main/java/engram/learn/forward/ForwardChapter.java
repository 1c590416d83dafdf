package engram.learn.forward;

import engram.learn.api.Forward;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Check;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.LearnerBackend.Definition;
import engram.learn.exercise.OwnOps;
import engram.op.Conv2d;
import engram.op.LeakyRelu;
import engram.op.MatMul;
import engram.op.MaxPool2d;
import engram.op.Op;
import engram.op.Softmax;
import java.util.List;
import java.util.Optional;

/** Ops forward. */
public final class ForwardChapter {
  private ForwardChapter() {}

  /** A learner's object as the definition of an op, if it is that op. */
  private interface As<T> {
    Optional<Definition> definition(T mine, Op op);
  }

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
                  check(
                      new LeakyRelu(0),
                      List.of("x"),
                      List.of("y"),
                      (mine, op) ->
                          op instanceof LeakyRelu(float slope)
                              ? Optional.of((in, out) -> mine.forward(in.get(0), slope, out.get(0)))
                              : Optional.empty())),
              Exercise.of(
                  "Matmul",
                  "rows times columns",
                  Forward.Matmul.class,
                  check(
                      new MatMul(false, false),
                      List.of("a", "b"),
                      List.of("y"),
                      (mine, op) ->
                          op instanceof MatMul(boolean a, boolean b)
                              ? Optional.of(
                                  (in, out) -> mine.forward(in.get(0), in.get(1), a, b, out.get(0)))
                              : Optional.empty())),
              Exercise.of(
                  "Softmax",
                  "scores become probabilities",
                  Forward.Softmax.class,
                  check(
                      new Softmax(),
                      List.of("x"),
                      List.of("y"),
                      (mine, op) ->
                          op instanceof Softmax
                              ? Optional.of((in, out) -> mine.forward(in.get(0), out.get(0)))
                              : Optional.empty())),
              Exercise.of(
                  "Conv2d",
                  "one small window everywhere",
                  Forward.Conv2d.class,
                  check(
                      new Conv2d(1, 0),
                      List.of("x", "w"),
                      List.of("y"),
                      (mine, op) ->
                          op instanceof Conv2d(int stride, int padding)
                              ? Optional.of(
                                  (in, out) ->
                                      mine.forward(
                                          in.get(0), in.get(1), stride, padding, out.get(0)))
                              : Optional.empty())),
              Exercise.of(
                  "MaxPool",
                  "the largest, and where it was",
                  Forward.MaxPool.class,
                  check(
                      new MaxPool2d(1, 1),
                      List.of("x"),
                      List.of("y", "indices"),
                      (mine, op) ->
                          op instanceof MaxPool2d(int kernel, int stride)
                              ? Optional.of(
                                  (in, out) ->
                                      mine.forward(
                                          in.get(0), kernel, stride, out.get(0), out.get(1)))
                              : Optional.empty()))));

  private static <T> Check<T> check(Op op, List<String> operands, List<String> results, As<T> as) {
    return mine ->
        new OwnOps(
                op.cases(),
                operands,
                results,
                each -> as.definition(mine, each),
                ForwardMistakes::of)
            .check();
  }
}
