package engram.learn.shapes;

import static engram.tensor.Shape.shape;

import engram.learn.api.Shapes;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import engram.op.Conv2d;
import engram.op.MaxPool2d;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where elements lie and how large results are. */
public final class ShapesChapter {
  private ShapesChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "1",
          "Shapes",
          "engine/COURSE.md",
          List.of(
              Exercise.of(
                  "Offsets", "where an element lies", Shapes.Offsets.class, ShapesChapter::offsets),
              Exercise.of(
                  "Sizes", "of convolution and pool", Shapes.Sizes.class, ShapesChapter::sizes),
              Exercise.of(
                  "View", "a part without a copy", Shapes.View.class, ShapesChapter::view)));

  private static Verdict offsets(Shapes.Offsets mine) {
    return Question.ask("offset", n -> offset(mine, n))
        .then(() -> Question.ask("index", n -> index(mine, n)));
  }

  private static Question offset(Shapes.Offsets mine, int n) {
    int[] dims = dims(n);
    int[] index = index(n, dims);
    return new Question(
        "offset(%s, %s)".formatted(text(dims), text(index)),
        offset(dims, index),
        () -> mine.offset(dims.clone(), index.clone()),
        mistakes(dims, index));
  }

  private static Question index(Shapes.Offsets mine, int n) {
    int[] dims = dims(n);
    int[] index = index(n, dims);
    int offset = offset(dims, index);
    return new Question(
        "index(%s, %d)".formatted(text(dims), offset),
        text(index),
        () -> text(mine.index(dims.clone(), offset)),
        Map.of(
            "you return zeros whatever the offset is",
            text(new int[dims.length]),
            "what is left of the offset after an axis is the quotient",
            text(Arrays.stream(dims).map(dim -> offset % dim).toArray())));
  }

  private static int offset(int[] dims, int[] index) {
    int offset = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      offset = offset * dims[axis] + index[axis];
    }
    return offset;
  }

  private static Map<String, Integer> mistakes(int[] dims, int[] index) {
    int columnMajor = 0;
    int ownDimension = 0;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      columnMajor = columnMajor * dims[axis] + index[axis];
      ownDimension += index[axis] * dims[axis];
    }
    return Map.of(
        "you return 0 whatever the index is",
        0,
        "the order is column by column; it is the last axis that is dense",
        columnMajor,
        "an index was multiplied by its own dimension, not by those behind it",
        ownDimension,
        "the indices are only added up",
        Arrays.stream(index).sum(),
        "you return the first index",
        index[0]);
  }

  private static Verdict sizes(Shapes.Sizes mine) {
    return Question.ask("convolution", n -> convolution(mine, n))
        .then(() -> Question.ask("pool", n -> pool(mine, n)));
  }

  private static Question convolution(Shapes.Sizes mine, int n) {
    CounterRandom random = CounterRandom.of(n, "sizes");
    int kernel = 1 + random.below(7, 0);
    int stride = 1 + random.below(4, 1);
    int padding = random.below(4, 2);
    int size = Math.max(1, kernel - 2 * padding) + random.below(40, 3);
    List<Shape> operands = List.of(shape(1, size, size, 1), shape(kernel, kernel, 1, 1));
    return new Question(
        "convolution(size %d, kernel %d, stride %d, padding %d)"
            .formatted(size, kernel, stride, padding),
        new Conv2d(stride, padding).outputs(operands).getFirst().dim(1),
        () -> mine.convolution(size, kernel, stride, padding),
        mistakes(size, kernel, stride, padding));
  }

  private static Question pool(Shapes.Sizes mine, int n) {
    CounterRandom random = CounterRandom.of(n, "pool");
    int kernel = 1 + random.below(5, 0);
    int stride = 1 + random.below(4, 1);
    int size = kernel + random.below(40, 2);
    List<Shape> operands = List.of(shape(1, size, size, 1));
    return new Question(
        "pool(size %d, kernel %d, stride %d)".formatted(size, kernel, stride),
        new MaxPool2d(kernel, stride).outputs(operands).getFirst().dim(1),
        () -> mine.pool(size, kernel, stride),
        mistakes(size, kernel, stride, 0));
  }

  private static Map<String, Integer> mistakes(int size, int kernel, int stride, int padding) {
    int way = size + 2 * padding - kernel;
    return Map.of(
        "you return 0 whatever the sizes are",
        0,
        "the result is the size itself: count the places of the window",
        size,
        "the first place is not counted: the steps that fit, and one more",
        way / stride,
        "padding is on both sides, so it counts twice",
        (way - padding) / stride + 1,
        "padding is not counted",
        (way - 2 * padding) / stride + 1,
        "a step that leaves the axis does not count: round down",
        (way + stride - 1) / stride + 1,
        "the stride is not counted",
        way + 1);
  }

  private static Verdict view(Shapes.View mine) {
    return Question.ask("view", n -> view(mine, n));
  }

  private static Question view(Shapes.View mine, int n) {
    CounterRandom random = CounterRandom.of(n, "view");
    int[] dims = dims(n);
    int axis = random.below(dims.length, 0);
    int start = random.below(dims[axis], 1);
    int length = 1 + random.below(dims[axis] - start, 2);
    Shape shape = shape(dims);
    int offset = start * shape.inner(axis);
    boolean whole = length == dims[axis];
    boolean view = shape.outer(axis) == 1 || whole;
    return new Question(
        "view(%s, axis %d, start %d, length %d)".formatted(text(dims), axis, start, length),
        view ? offset : -1,
        () -> mine.view(dims.clone(), axis, start, length),
        Map.of(
            "you return 0 whatever the part is",
            0,
            "you never return -1: between two runs of a part can lie what does not belong to it",
            offset,
            "axis 0 is not the only one: what counts is whether the axes before it have one"
                + " position",
            axis == 0 || whole ? offset : -1,
            "a part that is the whole axis leaves nothing out",
            shape.outer(axis) == 1 ? offset : -1,
            "start counts positions; each of them holds several numbers",
            view ? start : -1));
  }

  /** One to five axes of one to six elements; ones are frequent. */
  private static int[] dims(int n) {
    CounterRandom random = CounterRandom.of(n, "shape");
    int[] dims = new int[1 + random.below(5, 0)];
    Arrays.setAll(dims, axis -> Math.max(1, random.below(8, 1 + axis) - 1));
    return dims;
  }

  private static int[] index(int n, int[] dims) {
    CounterRandom random = CounterRandom.of(n, "index");
    int[] index = new int[dims.length];
    Arrays.setAll(index, axis -> random.below(dims[axis], axis));
    return index;
  }

  private static String text(int[] numbers) {
    return Arrays.toString(numbers);
  }
}
