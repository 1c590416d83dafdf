package engram.cl.stream;

import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.data.gtsrb.SignSymmetry;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What images of each label show when they are mirrored or turned. Labels of two tasks never become
 * each other: no task sees images of another one.
 */
final class Symmetries {
  /** No image may be mirrored or turned. */
  static final Symmetries NONE = new Symmetries(List.of(), List.of());

  private final int[] mirrored;
  private final int[] turns;

  /**
   * @param names of each label
   * @param tasks task of each label
   */
  private Symmetries(List<String> names, List<Integer> tasks) {
    List<Optional<SignSymmetry>> signs = names.stream().map(SignSymmetry::of).toList();
    mirrored =
        IntStream.range(0, names.size())
            .map(
                label -> {
                  int to =
                      signs
                          .get(label)
                          .flatMap(SignSymmetry::mirrored)
                          .map(names::indexOf)
                          .orElse(-1);
                  return to >= 0 && tasks.get(to).equals(tasks.get(label)) ? to : -1;
                })
            .toArray();
    turns = signs.stream().mapToInt(sign -> sign.map(SignSymmetry::turns).orElse(1)).toArray();
  }

  /** Those of the labels of a sequence, by the names of their classes. */
  static Symmetries of(TaskSequence sequence) {
    return new Symmetries(sequence.labelNames(), sequence.split().taskOfLabels());
  }

  /** Whether any class of a data set has one, be it of a task or not. */
  static boolean isAny(Dataset dataset) {
    return dataset.classNames().stream().anyMatch(name -> SignSymmetry.of(name).isPresent());
  }

  /** Label of an image of {@code label} that is mirrored; -1 where that shows none of the task. */
  int mirrored(int label) {
    return label < mirrored.length ? mirrored[label] : -1;
  }

  /** In how many directions an image of {@code label} shows the same. */
  int turns(int label) {
    return label < turns.length ? turns[label] : 1;
  }
}
