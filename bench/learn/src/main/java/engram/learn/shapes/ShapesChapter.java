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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Where elements lie and how large results are. */
public final class ShapesChapter {
  private static final int SHAPES = 1000;

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
    for (int n = 0; n < SHAPES; n++) {
      CounterRandom random = CounterRandom.of(n, "offsets");
      int[] dims = dims(random);
      int[] index = new int[dims.length];
      Arrays.setAll(index, axis -> random.below(dims[axis], 100 + axis));
      int offset = offset(dims, index);
      int received = mine.offset(dims.clone(), index.clone());
      if (received != offset) {
        return wrong(n, "offset(%s, %s)".formatted(text(dims), text(index)), offset, received)
            .likely(named(received, mistakes(dims, index)));
      }
      int[] back = mine.index(dims.clone(), offset);
      if (!Arrays.equals(back, index)) {
        return wrong(
            n, "index(%s, %d)".formatted(text(dims), offset), text(index), Arrays.toString(back));
      }
    }
    return passed("offset and index");
  }

  private static int offset(int[] dims, int[] index) {
    int offset = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      offset = offset * dims[axis] + index[axis];
    }
    return offset;
  }

  private static SequencedMap<String, Integer> mistakes(int[] dims, int[] index) {
    int columnMajor = 0;
    int ownDimension = 0;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      columnMajor = columnMajor * dims[axis] + index[axis];
      ownDimension += index[axis] * dims[axis];
    }
    SequencedMap<String, Integer> mistakes = new LinkedHashMap<>();
    mistakes.put("you return 0 whatever the index is", 0);
    mistakes.put(
        "the order is column by column; the innermost, last axis is the dense one", columnMajor);
    mistakes.put(
        "an index was multiplied by its own dimension, not by those behind it", ownDimension);
    mistakes.put("the indices are only added up", Arrays.stream(index).sum());
    return mistakes;
  }

  private static Verdict sizes(Shapes.Sizes mine) {
    for (int n = 0; n < SHAPES; n++) {
      CounterRandom random = CounterRandom.of(n, "sizes");
      int kernel = 1 + random.below(7, 0);
      int stride = 1 + random.below(4, 1);
      int padding = random.below(4, 2);
      int size = Math.max(1, kernel - 2 * padding) + random.below(40, 3);
      int expected =
          engine(
              new Conv2d(stride, padding)
                  .outputs(List.of(shape(1, size, size, 1), shape(kernel, kernel, 1, 1))));
      int received = mine.convolution(size, kernel, stride, padding);
      if (received != expected) {
        String call =
            "convolution(size %d, kernel %d, stride %d, padding %d)"
                .formatted(size, kernel, stride, padding);
        return wrong(n, call, expected, received)
            .likely(named(received, mistakes(size, kernel, stride, padding)));
      }
      int wide = kernel + random.below(40, 4);
      int pooled = engine(new MaxPool2d(kernel, stride).outputs(List.of(shape(1, wide, wide, 1))));
      int receivedPool = mine.pool(wide, kernel, stride);
      if (receivedPool != pooled) {
        String call = "pool(size %d, kernel %d, stride %d)".formatted(wide, kernel, stride);
        return wrong(n, call, pooled, receivedPool)
            .likely(named(receivedPool, mistakes(wide, kernel, stride, 0)));
      }
    }
    return passed("convolution and pool");
  }

  private static int engine(List<Shape> results) {
    return results.getFirst().dim(1);
  }

  private static Map<String, Integer> mistakes(int size, int kernel, int stride, int padding) {
    int way = size + 2 * padding - kernel;
    SequencedMap<String, Integer> mistakes = new LinkedHashMap<>();
    mistakes.put("you return 0 whatever the sizes are", 0);
    mistakes.put("the result is the size itself: count the places of the window", size);
    mistakes.put("the first place is not counted: the steps that fit, and one more", way / stride);
    mistakes.put("padding is on both sides, so it counts twice", (way - padding) / stride + 1);
    mistakes.put("padding is not counted", (size - kernel) / stride + 1);
    mistakes.put(
        "a step that leaves the axis does not count: round down", (way + stride - 1) / stride + 1);
    mistakes.put("the stride is not counted", way + 1);
    return mistakes;
  }

  private static Verdict view(Shapes.View mine) {
    for (int n = 0; n < SHAPES; n++) {
      CounterRandom random = CounterRandom.of(n, "view");
      int[] dims = dims(random);
      int axis = random.below(dims.length, 50);
      int start = random.below(dims[axis], 51);
      int length = 1 + random.below(dims[axis] - start, 52);
      Shape shape = shape(dims);
      boolean whole = length == dims[axis];
      int expected = shape.outer(axis) == 1 || whole ? start * shape.inner(axis) : -1;
      int received = mine.view(dims.clone(), axis, start, length);
      if (received != expected) {
        String call =
            "view(%s, axis %d, start %d, length %d)".formatted(text(dims), axis, start, length);
        Verdict.Failed failed = wrong(n, call, expected, received);
        if (expected < 0) {
          return failed.likely("between two runs of it lie elements that do not belong to it");
        }
        if (received < 0) {
          return failed.likely("its elements do follow each other: nothing else lies between them");
        }
        return failed;
      }
    }
    return passed("view");
  }

  /** One to five axes of one to six elements; ones are frequent. */
  private static int[] dims(CounterRandom random) {
    int[] dims = new int[1 + random.below(5, 0)];
    Arrays.setAll(dims, axis -> Math.max(1, random.below(8, 1 + axis) - 1));
    return dims;
  }

  private static String text(int[] numbers) {
    return Arrays.toString(numbers);
  }

  private static Verdict.Failed wrong(int n, String call, Object expected, Object received) {
    return Verdict.failed("shape %,d of %,d: %s".formatted(n + 1, SHAPES, call))
        .expected(expected, received);
  }

  private static Optional<String> named(int received, Map<String, Integer> mistakes) {
    return mistakes.entrySet().stream()
        .filter(mistake -> mistake.getValue() == received)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Verdict passed(String what) {
    return Verdict.passed("%s: right on %,d random shapes".formatted(what, SHAPES));
  }
}
