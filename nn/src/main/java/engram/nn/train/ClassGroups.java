package engram.nn.train;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Groups of classes, such as those of one task: an image is compared among the classes of its own
 * group only. Logits of other classes get {@code -1e9} added, so that their probability, and with
 * it their gradient, is exactly 0.
 */
final class ClassGroups {
  private static final double ABSENT = -1e9;

  /** Above one over the least share of a target that counts. */
  private static final double LARGE = 1e6;

  private final List<Integer> groups;
  private final Map<String, Tensor> constants = new HashMap<>();
  private final Map<Tensor, float[]> values = new LinkedHashMap<>();

  /**
   * @param groups of each class; if empty, all are compared
   */
  ClassGroups(List<Integer> groups) {
    this.groups = groups;
  }

  boolean compareAll() {
    return groups.isEmpty();
  }

  /** Labels [N] as rows, 1 at the label and 0 elsewhere, [N, classes]. */
  Tensor oneHot(StepTape step, Tensor labels, int classes) {
    var rows = shape(labels.shape().dim(0), classes);
    Tensor numbers = constant(step, "class_numbers", classes, 1, k -> new float[] {k});
    Tensor off =
        step.subtract(
            step.repeatColumns(labels, rows),
            step.repeatRows(step.reshape(numbers, shape(classes)), rows));
    Tensor distance = step.add(step.relu(off), step.relu(step.scale(-1, off)));
    return step.relu(step.affine(-1, distance, 1));
  }

  /**
   * Logits without those of classes that share no group with the target.
   *
   * @param targets share of each class in each row's target, [N, classes]
   */
  Tensor masked(StepTape step, Tensor logits, Tensor targets) {
    Tensor compared = step.matmul(targets, same(step, logits.shape().dim(1)));
    Tensor absent = step.relu(step.affine(-LARGE, compared, 1));
    return step.add(logits, step.scale(ABSENT, absent));
  }

  /** One over the size of the group for each class of the target's group, else 0, [N, classes]. */
  Tensor even(StepTape step, Tensor oneHot) {
    int classes = oneHot.shape().dim(1);
    Tensor shares = constant(step, "group_shares", classes, classes, k -> row(classes, k, true));
    return step.matmul(oneHot, shares);
  }

  private Tensor same(StepTape step, int classes) {
    return constant(step, "same_group", classes, classes, k -> row(classes, k, false));
  }

  private float[] row(int classes, int k, boolean share) {
    float[] row = new float[classes];
    int size = 0;
    for (int other = 0; other < classes; other++) {
      if (groups.get(other).equals(groups.get(k))) {
        row[other] = 1;
        size++;
      }
    }
    for (int other = 0; share && other < classes; other++) {
      row[other] /= size;
    }
    return row;
  }

  private Tensor constant(
      StepTape step, String name, int rows, int columns, IntFunction<float[]> row) {
    if (rows > groups.size()) {
      throw new IllegalArgumentException(
          "classification: logits of %d classes, but only %d classes have a group"
              .formatted(rows, groups.size()));
    }
    return constants.computeIfAbsent(
        name + rows,
        unique -> {
          Tensor tensor = step.tape().input(unique, shape(rows, columns));
          float[] flat = new float[rows * columns];
          for (int k = 0; k < rows; k++) {
            System.arraycopy(row.apply(k), 0, flat, k * columns, columns);
          }
          values.put(tensor, flat);
          return tensor;
        });
  }

  /** Storage of the constants that are on the tape. */
  Map<Tensor, Buffer> bindings(Backend backend) {
    Map<Tensor, Buffer> bindings = new HashMap<>();
    values.forEach(
        (tensor, flat) -> {
          Buffer buffer = backend.allocate(flat.length);
          buffer.write(flat);
          bindings.put(tensor, buffer);
        });
    return bindings;
  }
}
