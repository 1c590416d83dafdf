package engram.learn.fast;

import engram.learn.api.FastJava;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Check;
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

  /**
   * What the fourth rung reaches of the third, which without a tile is as fast as itself: 2 and
   * more on usual processors.
   */
  private static final double TILED_OF_VECTOR = 1.4;

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
              faster(
                  "BlockedProduct",
                  "loops turned and cut",
                  FastJava.FasterProduct.class,
                  ProductCheck.ANY,
                  mine -> Race.ofNaive(mine, BLOCKED)),
              faster(
                  "VectorProduct",
                  "eight at a time",
                  FastJava.FasterProduct.class,
                  ProductCheck.WHOLE,
                  mine -> Race.ofNaive(mine, VECTOR)),
              faster(
                  "TiledProduct",
                  "sums in registers",
                  FastJava.TiledProduct.class,
                  ProductCheck.WHOLE,
                  mine ->
                      Race.ofNaive(mine, TILED).then(() -> Race.ofVector(mine, TILED_OF_VECTOR)))));

  private static Verdict naive(FastJava.Product mine) {
    return new ProductCheck(ProductCheck.ANY).of(mine);
  }

  private static <T extends FastJava.FasterProduct> Exercise<T> faster(
      String name, String title, Class<T> contract, List<ProductCheck.Size> sizes, Check<T> race) {
    return Exercise.of(
            name,
            title,
            contract,
            mine -> new ProductCheck(sizes).of(mine).then(() -> race.of(mine)))
        .within(LIMIT)
        .onOwnCode();
  }
}
