package engram.nn.doctor;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A target that is no class of the loss that reads it: its row of the loss is NaN. */
final class LabelOutOfRange implements Symptom {
  @Override
  public Stream<Finding> in(Examination now) {
    return now.labelReads().stream()
        .flatMap(
            read ->
                IntStream.range(read.first(), read.first() + read.count())
                    .filter(i -> !read.takes(now.targets()[i]))
                    .mapToObj(i -> finding(now, i, read)))
        .limit(1);
  }

  private static Finding finding(Examination now, int i, LabelRead read) {
    return new Finding(
        "label-out-of-range",
        "labels",
        "%s %d of the batch has label %s, and the loss has classes %d to %d."
            .formatted(now.example(), i, text(now.targets()[i]), read.least(), read.most()),
        "Count labels from 0, or give the last layer as many outputs as there are classes.");
  }

  private static String text(float label) {
    return label == Math.rint(label) ? String.valueOf((long) label) : String.valueOf(label);
  }
}
