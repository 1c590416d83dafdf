package engram.bench.report;

import engram.bench.record.RecordedStrategy;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Accuracy of each class after each task.
 *
 * @param signs the classes met
 * @param accuracy after each task, of each class; empty before it is met
 * @param forgetting of each class; empty for those of the last task
 * @param firsts indices of the signs with which a task begins; empty where seeds differ in tasks
 */
public record ClassTable(
    List<Sign> signs,
    List<List<OptionalDouble>> accuracy,
    List<OptionalDouble> forgetting,
    List<Integer> firsts) {

  static ClassTable of(List<RecordedStrategy> seeds, int tasks, List<Sign> all, boolean sameTasks) {
    List<Sign> met =
        all.stream()
            .filter(sign -> Recall.after(seeds, tasks - 1, sign.number()).isPresent())
            .toList();
    List<Integer> firstClasses =
        IntStream.range(1, sameTasks ? tasks : 1)
            .mapToObj(t -> seeds.getFirst().split().classesOf(t).getFirst())
            .toList();
    return new ClassTable(
        met,
        IntStream.range(0, tasks)
            .mapToObj(t -> met.stream().map(s -> Recall.after(seeds, t, s.number())).toList())
            .toList(),
        met.stream().map(s -> Recall.forgetting(seeds, tasks, s.number())).toList(),
        IntStream.range(0, met.size())
            .filter(i -> firstClasses.contains(met.get(i).number()))
            .boxed()
            .toList());
  }
}
