package engram.nn.doctor;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A target that is no class of the network: its row of the loss is NaN. */
final class LabelOutOfRange implements Symptom {
  @Override
  public Stream<Finding> in(Examination now) {
    if (now.labelClasses().isEmpty()) {
      return Stream.empty();
    }
    int classes = now.labelClasses().getAsInt();
    return IntStream.range(0, now.targets().length)
        .filter(i -> !isClass(now.targets()[i], classes))
        .mapToObj(
            i ->
                new Finding(
                    "label-out-of-range",
                    "labels",
                    "%s %d of the batch has label %s, and the loss has classes 0 to %d."
                        .formatted(now.example(), i, text(now.targets()[i]), classes - 1),
                    "Count labels from 0, or give the last layer as many outputs as there are"
                        + " classes."))
        .limit(1);
  }

  static boolean isClass(float label, int classes) {
    return label >= 0 && label < classes && label == Math.rint(label);
  }

  private static String text(float label) {
    return label == Math.rint(label) ? String.valueOf((long) label) : String.valueOf(label);
  }
}
