package engram.nn.doctor;

import java.util.BitSet;
import java.util.stream.Stream;

/**
 * A column of a table, or a channel of pictures, that is the same for every input: its variance is
 * 0, so nothing can be learnt from it, and to scale it by its deviation is to divide by 0.
 */
final class ConstantInput implements Symptom {
  /** More columns than these are pixels, whose border may well be the same everywhere. */
  private static final int COLUMNS = 64;

  private static final int FEWEST = 8;
  private static final int LOOKS = 2;

  private BitSet constant = new BitSet();

  @Override
  public Stream<Finding> in(Examination now) {
    boolean pictures = now.model().input().rank() == 3;
    int columns = pictures ? now.model().input().dim(2) : now.inputElements();
    if (now.targets().length < FEWEST || columns > COLUMNS) {
      return Stream.empty();
    }
    BitSet found = new BitSet();
    for (int column = 0; column < columns; column++) {
      found.set(column, isConstant(now.inputs(), column, columns));
    }
    if (now.look() > 1) {
      found.and(constant);
    }
    constant = found;
    return now.look() < LOOKS
        ? Stream.empty()
        : found.stream()
            .limit(1)
            .mapToObj(
                column ->
                    new Finding(
                        "constant-feature",
                        "inputs",
                        "%s %d of the inputs (%d of %d) is %s in every %s: its variance is 0."
                            .formatted(
                                pictures ? "channel" : "column",
                                column,
                                found.cardinality(),
                                columns,
                                now.inputs()[column],
                                now.example()),
                        "Leave it out; never divide by its standard deviation."));
  }

  private static boolean isConstant(float[] inputs, int column, int columns) {
    for (int i = column; i < inputs.length; i += columns) {
      if (inputs[i] != inputs[column]) {
        return false;
      }
    }
    return true;
  }
}
