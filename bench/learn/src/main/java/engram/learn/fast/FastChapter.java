package engram.learn.fast;

import engram.learn.api.FastJava;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.time.Duration;
import java.util.List;

/** A matrix product, from its definition to a tile in registers. */
public final class FastChapter {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What the rungs reach at least, some thirds of what they reach on a usual processor. */
  private static final double BLOCKED = 1.3;

  private static final double VECTOR = 3;
  private static final double TILED = 8;

  private FastChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "9",
          "Fast Java",
          "kernels/COURSE.md",
          List.of(
              Exercise.of(
                      "NaiveProduct",
                      "the definition, three loops",
                      FastJava.Product.class,
                      FastChapter::naive)
                  .within(LIMIT)
                  .onOwnCode(),
              faster("BlockedProduct", "loops turned and cut", ProductCheck.ANY, BLOCKED),
              faster("VectorProduct", "eight at a time", ProductCheck.WHOLE, VECTOR),
              faster("TiledProduct", "sums in registers", ProductCheck.WHOLE, TILED)));

  private static Verdict naive(FastJava.Product mine) {
    return new ProductCheck(ProductCheck.ANY).of(mine);
  }

  private static Exercise<FastJava.FasterProduct> faster(
      String name, String title, List<ProductCheck.Size> sizes, double needed) {
    return Exercise.of(
            name,
            title,
            FastJava.FasterProduct.class,
            mine -> new ProductCheck(sizes).of(mine).then(() -> Race.of(mine, needed)))
        .within(LIMIT)
        .onOwnCode();
  }
}
