package engram.learn;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engram.learn.desk.Desk;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A learner who makes a usual mistake in chapter 2, 3, 7 or 12 reads what it is. */
class KnownMistakesTest {
  @TempDir private Path folder;

  /**
   * A mistake in a solution.
   *
   * @param said part of the line that names it
   * @param edits pairs of what stands in the solution and what stands there instead
   */
  private record Mistake(String exercise, String said, List<String> edits) {}

  private static Mistake in(String exercise, String said, String... edits) {
    return new Mistake(exercise, said, List.of(edits));
  }

  private static final String PLACES = "p * stride - padding, q * stride - padding, o";
  private static final String INSIDE =
      "top + i >= 0 && top + i < x.dim(1) && left + j >= 0 && left + j < x.dim(2)";
  private static final String LARGER = "value > max || Double.isNaN(value)";
  private static final String OF_X = "x.index(n, row, column, c)";
  private static final String COLUMN =
      "int column = q * stride - padding + k / w.dim(2) % w.dim(1);";
  private static final String ROW = "int row = p * stride - padding + k / w.dim(2) / w.dim(1);";

  private static final String SPREAD = "(2 * uniform.applyAsDouble(i) - 1)";
  private static final String ADDED = "sum[d] += unit[chosen[k]][d]";
  private static final String SCALED_MEAN =
      "double of = 0; for (double m : mean) { of += m * m; } for (int d = 0; d < columns; d++) {"
          + " mean[d] /= Math.sqrt(of); }\n";

  private static final List<Mistake> MISTAKES =
      List.of(
          in("leaky-relu", "the slope is not counted", ": slope * x.get(i)", ": 0"),
          in("leaky-relu", "y is the slope itself", ": slope * x.get(i)", ": slope"),
          in("leaky-relu", "the two sides are swapped", "x.get(i) > 0", "!(x.get(i) > 0)"),
          in("matmul", "only the last product", "sum += a.get", "sum = a.get"),
          in(
              "matmul",
              "goes on from one number",
              "y.set(y.index(i, j), sum);",
              "y.set(y.index(i, j), sum + (i + j == 0 ? 0 : y.get(y.index(i, j) - 1)));"),
          in(
              "matmul",
              "transposeA is not looked at: with it a lies turned, [K, M]",
              "transposeA ? a.index(k, i) : a.index(i, k)",
              "a.index(i, k)"),
          in(
              "matmul",
              "transposeB is not looked at: with it b lies turned, [N, K]",
              "transposeB ? b.index(j, k) : b.index(k, j)",
              "b.index(k, j)"),
          in(
              "matmul",
              "b is read as if it were turned although transposeB is false",
              "transposeB ? b.index(j, k) : b.index(k, j)",
              "b.index(j, k)"),
          in(
              "softmax",
              "begins with 0: where all are far below",
              "double max = Double.NEGATIVE_INFINITY;",
              "double max = 0;"),
          in("softmax", "not divided by their sum", "/ sum", "/ 1"),
          in(
              "conv2d",
              "rows and columns of the window are swapped",
              "w.index(i, j, c, o)",
              "w.index(j, i, c, o)"),
          in(
              "conv2d",
              "rows and columns of y are swapped",
              "y.index(n, p, q, o)",
              "y.index(n, q, p, o)"),
          in("conv2d", "the padding is not subtracted", PLACES, "p * stride, q * stride, o"),
          in(
              "conv2d",
              "subtracted from the row only",
              PLACES,
              "p * stride - padding, q * stride, o"),
          in(
              "conv2d",
              "the padding is added",
              PLACES,
              "p * stride + padding, q * stride + padding, o"),
          in("conv2d", "the stride is not counted", PLACES, "p - padding, q - padding, o"),
          in(
              "conv2d",
              "the stride is counted for rows only",
              PLACES,
              "p * stride - padding, q - padding, o"),
          in("conv2d", "the order of channels in w", "w.index(i, j, c, o)", "w.index(i, j, o, c)"),
          in(
              "conv2d",
              "the window is turned round",
              "w.index(i, j, c, o)",
              "w.index(w.dim(0) - 1 - i, w.dim(1) - 1 - j, c, o)"),
          in("conv2d", "only the last product", "sum += x.get", "sum = x.get"),
          in("conv2d", "only the first channel", "c < w.dim(2)", "c < 1"),
          in(
              "conv2d",
              "inside is >= 0, not > 0",
              INSIDE,
              "top + i > 0 && top + i < x.dim(1) && left + j > 0 && left + j < x.dim(2)"),
          in(
              "conv2d",
              "the offset is tested",
              INSIDE,
              "x.index(n, top + i, left + j, 0) >= 0 && x.index(n, top + i, left + j, 0) <"
                  + " x.size()"),
          in(
              "max-pool",
              "row and column are swapped in the index",
              "index = k;",
              "index = k % kernel * kernel + k / kernel;"),
          in(
              "max-pool",
              "the index counts within the whole of x",
              "int index = 0;",
              "int index = x.index(n, p * stride, q * stride, c);",
              "index = k;",
              "index = " + OF_X + ";"),
          in(
              "max-pool",
              "the index counts within the picture",
              "int index = 0;",
              "int index = p * stride * x.dim(2) + q * stride;",
              "index = k;",
              "index = row * x.dim(2) + column;"),
          in(
              "max-pool",
              "row and column of the index count within the picture",
              "int index = 0;",
              "int index = p * stride * kernel + q * stride;",
              "index = k;",
              "index = row * kernel + column;"),
          in(
              "max-pool",
              "y is right, but indices is a result, too",
              "indices.set(y.index(n, p, q, c), index);",
              ""),
          in(
              "max-pool",
              "of equal numbers the first one counts",
              LARGER,
              LARGER.replace(">", ">=")),
          in("max-pool", "value > largest is false for it", LARGER, "value > max"),
          in(
              "max-pool",
              "of several NaN in a window the last",
              LARGER,
              "value > max || Double.isNaN(value) && !Double.isNaN(max)"),
          in(
              "max-pool",
              "the largest begins with 0",
              "double max = x.get(x.index(n, p * stride, q * stride, c));",
              "double max = Math.max(0, x.get(x.index(n, p * stride, q * stride, c)));"),
          in("max-pool", "the smallest number", LARGER, "value < max"),
          in("max-pool", "the stride is not counted", "p * stride", "p", "q * stride", "q"),
          in(
              "max-pool",
              "the kernel is taken for the stride",
              "p * stride",
              "p * kernel",
              "q * stride",
              "q * kernel"),
          in(
              "bias-gradient",
              "it is the mean over the rows",
              "dy.get(i));",
              "dy.get(i) * db.size() / dy.size());"),
          in(
              "bias-gradient",
              "all of dy is added up",
              "db.add(i % db.size(), dy.get(i));",
              "for (int c = 0; c < db.size(); c++) { db.add(c, dy.get(i)); }"),
          in("bias-gradient", "i % C, not i / C", "i % db.size()", "i / db.size()"),
          in("bias-gradient", "2 times what it should be", "dy.get(i));", "2 * dy.get(i));"),
          in("leaky-relu-gradient", "dx is 0 where y is not above 0", "slope * dy.get(i)", "0"),
          in(
              "leaky-relu-gradient",
              "looks at dy where it should look at y",
              "y.get(i) > 0",
              "dy.get(i) > 0"),
          in(
              "matmul-gradient",
              "da is written as if it were turned",
              "da.index(i, k)",
              "da.index(k, i)"),
          in("cross-entropy-gradient", "what is was not subtracted", "p - target", "p"),
          in("cross-entropy-gradient", "1 is subtracted everywhere", "p - target", "p - 1"),
          in(
              "cross-entropy-gradient",
              "divided by the number of classes",
              "/ labels.size()",
              "/ classes"),
          in(
              "conv2d-gradient",
              "the padding is not subtracted",
              ROW,
              ROW.replace("- padding", ""),
              COLUMN,
              COLUMN.replace("- padding", "")),
          in(
              "conv2d-gradient",
              "the stride is not counted",
              ROW,
              ROW.replace("* stride", ""),
              COLUMN,
              COLUMN.replace("* stride", "")),
          in("conv2d-gradient", "you forgot to accumulate", "dx.add(x, ", "dx.set(x, "),
          in(
              "max-pool-gradient",
              "row and column of the index are swapped",
              "index / kernel",
              "(index - index / kernel * kernel)",
              "index % kernel",
              "index / kernel"),
          in(
              "max-pool-gradient",
              "dy goes to the corner of its window",
              " + index / kernel",
              "",
              " + index % kernel",
              ""),
          in(
              "max-pool-gradient",
              "the stride is not counted",
              "p * stride",
              "p",
              "q * stride",
              "q"),
          in("initialisation", "spread it to -bound .. bound", SPREAD, "uniform.applyAsDouble(i)"),
          in("initialisation", "1/2 of what it should be", SPREAD, SPREAD + " / 2"),
          in(
              "herding",
              "rows nearest to the mean, one by one",
              ADDED,
              "sum[d] -= sum[d]",
              "/ (k + 1)",
              ""),
          in(
              "herding",
              "scale each to length one first",
              "features.row(i).get(d) / length",
              "features.row(i).get(d)"),
          in(
              "herding",
              "the mean was scaled to length one, too",
              "    int[] chosen",
              SCALED_MEAN + "    int[] chosen"),
          in(
              "herding",
              "it is the mean of the rows of length one",
              "mean[d] += unit[i][d]",
              "mean[d] += features.row(i).get(d)"),
          in("herding", "a row was chosen twice", "!taken[i] && ", ""),
          in(
              "herding",
              "the right rows in another order",
              "return chosen;",
              "java.util.Arrays.sort(chosen); return chosen;"));

  @TestFactory
  Stream<DynamicTest> everyMistakeIsNamed() {
    return MISTAKES.stream()
        .map(each -> dynamicTest(each.exercise + ": " + each.said, () -> assertNamed(each)));
  }

  private void assertNamed(Mistake mistake) throws IOException {
    Exercise<?> exercise = Course.exercise(mistake.exercise).orElseThrow();
    Desk desk = new Desk(folder);
    String source = solution(exercise);
    for (int i = 0; i < mistake.edits.size(); i += 2) {
      String edited = source.replace(mistake.edits.get(i), mistake.edits.get(i + 1));
      assertNotEquals(source, edited, mistake.edits.get(i));
      source = edited;
    }
    Files.writeString(desk.file(exercise), source);
    Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, desk.check(exercise));
    String last = failed.details().isEmpty() ? "" : failed.details().getLast();
    assertTrue(last.startsWith("likely: ") && last.contains(mistake.said), failed::toString);
  }

  private static String solution(Exercise<?> exercise) throws IOException {
    String place = "/engram/learn/solution/%s.java".formatted(exercise.className());
    try (InputStream in = KnownMistakesTest.class.getResourceAsStream(place)) {
      assertTrue(in != null, place);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
