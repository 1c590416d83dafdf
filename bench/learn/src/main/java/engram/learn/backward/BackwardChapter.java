package engram.learn.backward;

import static engram.tensor.Shape.shape;

import engram.learn.api.Backward;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.ConvolutionMistakes;
import engram.learn.exercise.CourseStep;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.LearnerBackend.Own;
import engram.learn.exercise.OwnGradient;
import engram.learn.exercise.Verdict;
import engram.op.AddBias;
import engram.op.Conv2d;
import engram.op.CrossEntropy;
import engram.op.LeakyRelu;
import engram.op.MatMul;
import engram.op.MaxPool2d;
import engram.op.OpCase;
import engram.op.Sample;
import engram.op.SumRows;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gradients by hand. */
public final class BackwardChapter {
  private BackwardChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "3",
          "Backward by hand",
          "engine/COURSE.md",
          List.of(
              Exercise.of(
                  "BiasGradient",
                  "one number, many uses",
                  Backward.Bias.class,
                  BackwardChapter::bias),
              Exercise.of(
                  "LeakyReluGradient",
                  "the slope, times dy",
                  Backward.LeakyRelu.class,
                  BackwardChapter::leakyRelu),
              Exercise.of(
                  "MatmulGradient",
                  "two products more",
                  Backward.Matmul.class,
                  BackwardChapter::matMul),
              Exercise.of(
                  "CrossEntropyGradient",
                  "what was said, minus what is",
                  Backward.CrossEntropy.class,
                  BackwardChapter::crossEntropy),
              Exercise.of(
                  "Conv2dGradient",
                  "the same loops, the other way",
                  Backward.Conv2d.class,
                  BackwardChapter::conv2d),
              Exercise.of(
                  "MaxPoolGradient",
                  "only to the largest",
                  Backward.MaxPool.class,
                  BackwardChapter::maxPool)));

  private static Verdict bias(Backward.Bias mine) {
    AddBias op = new AddBias();
    List<OpCase> cases =
        List.of(
            OpCase.of(op, shape(1, 1), shape(1)),
            OpCase.of(op, shape(5, 3), shape(3)),
            OpCase.of(op, shape(2, 3, 2, 4), shape(4)));
    return all(
        each ->
            each instanceof SumRows
                ? Optional.of((in, out) -> mine.gradient(in.get(0), out.get(0)))
                : Optional.empty(),
        new OwnGradient(
            op,
            cases,
            1,
            "db",
            (_, _, _, dy, db) -> mine.gradient(dy, db),
            BackwardMistakes.ofBias()));
  }

  private static Verdict leakyRelu(Backward.LeakyRelu mine) {
    List<OpCase> cases =
        List.of(
            OpCase.of(new LeakyRelu(0.01f), shape(1)),
            OpCase.of(new LeakyRelu(0.2f), shape(17)),
            OpCase.of(new LeakyRelu(0), shape(2, 5)));
    return all(
        op ->
            op instanceof LeakyRelu.Gradient(float slope)
                ? Optional.of((in, out) -> mine.gradient(in.get(0), in.get(1), slope, out.get(0)))
                : Optional.empty(),
        new OwnGradient(
            new LeakyRelu(0),
            cases,
            0,
            "dx",
            (op, _, out, dy, dx) -> mine.gradient(out.get(0), dy, ((LeakyRelu) op).slope(), dx),
            BackwardMistakes.ofLeakyRelu()));
  }

  private static Verdict matMul(Backward.Matmul mine) {
    MatMul op = new MatMul(false, false);
    List<OpCase> cases =
        List.of(
            OpCase.of(op, shape(1, 1), shape(1, 1)),
            OpCase.of(op, shape(2, 3), shape(3, 4)),
            OpCase.of(op, shape(3, 3), shape(3, 3)),
            OpCase.of(op, shape(5, 2), shape(2, 3)));
    return all(
        each ->
            switch (each) {
              case MatMul(boolean a, boolean b) when !a && b ->
                  Optional.of((in, out) -> mine.left(in.get(0), in.get(1), out.get(0)));
              case MatMul(boolean a, boolean b) when a && !b ->
                  Optional.of((in, out) -> mine.right(in.get(0), in.get(1), out.get(0)));
              default -> Optional.empty();
            },
        new OwnGradient(
            op,
            cases,
            0,
            "da",
            (_, in, _, dy, da) -> mine.left(dy, in.get(1), da),
            BackwardMistakes.ofLeft()),
        new OwnGradient(
            op,
            cases,
            1,
            "db",
            (_, in, _, dy, db) -> mine.right(in.get(0), dy, db),
            BackwardMistakes.ofRight()));
  }

  private static Verdict crossEntropy(Backward.CrossEntropy mine) {
    CrossEntropy op = new CrossEntropy();
    List<OpCase> cases =
        List.of(labelled(op, 1, 2), labelled(op, 4, 3), labelled(op, 3, 5), labelled(op, 6, 6));
    return all(
        each ->
            each instanceof CrossEntropy.Gradient
                ? Optional.of(
                    (in, out) -> mine.gradient(in.get(0), in.get(1), in.get(2).get(0), out.get(0)))
                : Optional.empty(),
        new OwnGradient(
            op,
            cases,
            0,
            "dlogits",
            (_, in, out, dy, result) -> mine.gradient(out.get(1), in.get(1), dy.get(0), result),
            BackwardMistakes.ofCrossEntropy()));
  }

  private static OpCase labelled(CrossEntropy op, int batch, int classes) {
    return OpCase.of(op, shape(batch, classes), shape(batch)).with(1, new Sample.Whole(classes));
  }

  private static Verdict conv2d(Backward.Conv2d mine) {
    List<OpCase> cases =
        List.of(
            OpCase.of(new Conv2d(1, 0), shape(1, 1, 1, 1), shape(1, 1, 1, 1)),
            OpCase.of(new Conv2d(1, 0), shape(1, 3, 3, 1), shape(2, 2, 1, 1)),
            OpCase.of(new Conv2d(1, 1), shape(2, 4, 3, 2), shape(3, 3, 2, 3)),
            OpCase.of(new Conv2d(2, 1), shape(1, 5, 6, 2), shape(3, 2, 2, 2)),
            OpCase.of(new Conv2d(3, 0), shape(1, 8, 6, 1), shape(2, 3, 1, 2)));
    Conv2d op = new Conv2d(1, 0);
    return all(
        each ->
            switch (each) {
              case Conv2d.InputGradient(int stride, int padding, int _, int _) ->
                  Optional.of(
                      (in, out) -> mine.input(in.get(0), in.get(1), stride, padding, out.get(0)));
              case Conv2d.WeightGradient(int stride, int padding, int _, int _) ->
                  Optional.of(
                      (in, out) -> mine.weight(in.get(0), in.get(1), stride, padding, out.get(0)));
              default -> Optional.empty();
            },
        new OwnGradient(
            op,
            cases,
            0,
            "dx",
            (each, in, _, dy, dx) -> {
              Conv2d conv = (Conv2d) each;
              mine.input(dy, in.get(1), conv.stride(), conv.padding(), dx);
            },
            ConvolutionMistakes.ofInput()),
        new OwnGradient(
            op,
            cases,
            1,
            "dw",
            (each, in, _, dy, dw) -> {
              Conv2d conv = (Conv2d) each;
              mine.weight(in.get(0), dy, conv.stride(), conv.padding(), dw);
            },
            ConvolutionMistakes.ofWeight()));
  }

  private static Verdict maxPool(Backward.MaxPool mine) {
    List<OpCase> cases =
        List.of(
            OpCase.of(new MaxPool2d(1, 1), shape(1, 1, 1, 1)),
            OpCase.of(new MaxPool2d(2, 2), shape(2, 4, 6, 3)),
            OpCase.of(new MaxPool2d(2, 2), shape(1, 5, 5, 2)),
            OpCase.of(new MaxPool2d(3, 1), shape(1, 5, 4, 2)));
    return all(
        op ->
            op instanceof MaxPool2d.Gradient(int kernel, int stride, int _, int _)
                ? Optional.of(
                    (in, out) -> mine.gradient(in.get(0), in.get(1), kernel, stride, out.get(0)))
                : Optional.empty(),
        new OwnGradient(
            new MaxPool2d(1, 1),
            cases,
            0,
            "dx",
            (op, _, out, dy, dx) -> {
              MaxPool2d pool = (MaxPool2d) op;
              mine.gradient(out.get(1), dy, pool.kernel(), pool.stride(), dx);
            },
            BackwardMistakes.ofMaxPool()));
  }

  /** Each by finite differences, then all in a training step. */
  private static Verdict all(Own own, OwnGradient... gradients) {
    return Stream.of(gradients)
        .<Supplier<Verdict>>map(gradient -> gradient::check)
        .reduce((first, second) -> () -> first.get().then(second))
        .orElseThrow()
        .get()
        .then(() -> CourseStep.compare(own));
  }
}
