package engram.nn.doctor;

import engram.inspect.NonFinite;
import java.util.stream.Stream;

/** NaN or infinity among the inputs of a batch. */
final class NanInInput implements Symptom {
  @Override
  public Stream<Finding> in(Examination now) {
    int index = NonFinite.indexIn(now.inputs());
    if (index < 0) {
      return Stream.empty();
    }
    int within = index % now.inputElements();
    return Stream.of(
        new Finding(
            "nan-in-input",
            "inputs",
            "%s %d of the batch has %s %s."
                .formatted(
                    now.example(),
                    index / now.inputElements(),
                    now.inputs()[index],
                    place(now, within)),
            "Look for a division by 0 where inputs are read or scaled, and for gaps in the data."));
  }

  private static String place(Examination now, int within) {
    var shape = now.model().input();
    return shape.rank() == 3
        ? "at row %d, column %d, channel %d"
            .formatted(
                within / shape.inner(0),
                within / shape.inner(1) % shape.dim(1),
                within % shape.dim(2))
        : "as its number %d".formatted(within);
  }
}
