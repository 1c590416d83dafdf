package engram.bench.report;

import engram.bench.record.RecordedStrategy;
import engram.cl.metrics.Confusion;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Accuracy of each class after each task, in percent, mean over the seeds that met the class.
 *
 * @param icons the classes met
 * @param accuracy after each task, of each class; empty before it is met
 * @param forgetting of each class; empty for those of the last task
 * @param firsts indices of the icons with which a task begins; empty where seeds differ in tasks
 */
public record ClassTable(
    List<ClassIcon> icons,
    List<List<OptionalDouble>> accuracy,
    List<OptionalDouble> forgetting,
    List<Integer> firsts) {

  static ClassTable of(
      List<RecordedStrategy> seeds, int tasks, List<ClassIcon> all, boolean sameTasks) {
    List<ClassIcon> met =
        all.stream().filter(icon -> recall(seeds, tasks - 1, icon.number()).isPresent()).toList();
    List<Integer> firstClasses =
        IntStream.range(1, sameTasks ? tasks : 1)
            .mapToObj(t -> seeds.getFirst().split().classesOf(t).getFirst())
            .toList();
    return new ClassTable(
        met,
        IntStream.range(0, tasks)
            .mapToObj(t -> met.stream().map(s -> recall(seeds, t, s.number())).toList())
            .toList(),
        met.stream().map(s -> forgetting(seeds, tasks, s.number())).toList(),
        IntStream.range(0, met.size())
            .filter(i -> firstClasses.contains(met.get(i).number()))
            .boxed()
            .toList());
  }

  /** Percent of a class's test images recognised after a task, mean over the seeds that met it. */
  private static OptionalDouble recall(List<RecordedStrategy> seeds, int task, int number) {
    return seeds.stream().flatMapToDouble(seed -> recall(seed, task, number).stream()).average();
  }

  /**
   * What was forgotten of a class: its best accuracy before the last task minus that after it;
   * empty where no seed met it before the last task done.
   */
  private static OptionalDouble forgetting(List<RecordedStrategy> seeds, int tasks, int number) {
    return seeds.stream()
        .flatMapToDouble(
            seed -> {
              OptionalDouble best =
                  IntStream.range(0, tasks - 1)
                      .mapToObj(task -> recall(seed, task, number))
                      .flatMapToDouble(OptionalDouble::stream)
                      .max();
              return best.isEmpty()
                  ? DoubleStream.empty()
                  : recall(seed, tasks - 1, number).stream().map(end -> best.getAsDouble() - end);
            })
        .average();
  }

  private static OptionalDouble recall(RecordedStrategy seed, int task, int number) {
    int label = seed.split().order().classes().indexOf(number);
    Confusion confusion = seed.agnostic().get(task);
    if (label < 0 || label >= confusion.classes()) {
      return OptionalDouble.empty();
    }
    OptionalDouble share = confusion.recall(label);
    return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
  }
}
