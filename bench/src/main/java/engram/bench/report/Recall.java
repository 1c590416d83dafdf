package engram.bench.report;

import engram.bench.record.RecordedStrategy;
import engram.cl.metrics.Confusion;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Accuracy of single classes, in percent, mean over the seeds that met the class. */
final class Recall {
  private Recall() {}

  /**
   * Share of the class's test images that were recognised.
   *
   * @param task from 0
   * @param number the data set's number of the class
   */
  static OptionalDouble after(List<RecordedStrategy> seeds, int task, int number) {
    return seeds.stream()
        .map(seed -> of(seed, task, number))
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  /**
   * What was forgotten of the class: its best accuracy before the last task minus that after it;
   * empty where no seed met it before the last task done.
   */
  static OptionalDouble forgetting(List<RecordedStrategy> seeds, int tasks, int number) {
    return seeds.stream()
        .flatMapToDouble(
            seed -> {
              int last = tasks - 1;
              OptionalDouble best =
                  IntStream.range(0, last)
                      .mapToObj(task -> of(seed, task, number))
                      .flatMapToDouble(OptionalDouble::stream)
                      .max();
              OptionalDouble end = of(seed, last, number);
              return best.isPresent() && end.isPresent()
                  ? DoubleStream.of(best.getAsDouble() - end.getAsDouble())
                  : DoubleStream.empty();
            })
        .average();
  }

  private static OptionalDouble of(RecordedStrategy seed, int task, int number) {
    int label = seed.split().order().classes().indexOf(number);
    Confusion confusion = seed.agnostic().get(task);
    if (label < 0 || label >= confusion.classes()) {
      return OptionalDouble.empty();
    }
    OptionalDouble share = confusion.recall(label);
    return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
  }
}
