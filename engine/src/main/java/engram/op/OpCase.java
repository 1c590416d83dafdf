package engram.op;

import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One declared use of an op: attributes, shapes and how its operands are drawn. The same case is
 * the forward test, the gradient check, the backend comparison and the benchmark of the op.
 *
 * @param samples how each operand is drawn; the size is that of {@code inputs}
 * @param smooth whether finite differences are meaningful here; false where operands are drawn with
 *     ties, infinities or NaN on purpose
 */
public record OpCase(Op op, List<Shape> inputs, List<Sample> samples, boolean smooth) {
  private static final Sample NORMAL = new Sample.Normal(1);

  public OpCase {
    inputs = List.copyOf(inputs);
    samples = List.copyOf(samples);
  }

  /** A case whose operands are standard normal. */
  public static OpCase of(Op op, Shape... inputs) {
    return new OpCase(op, List.of(inputs), Collections.nCopies(inputs.length, NORMAL), true);
  }

  /** This case with operand {@code input} drawn from {@code sample}. */
  public OpCase with(int input, Sample sample) {
    List<Sample> changed = new ArrayList<>(samples);
    changed.set(input, sample);
    return new OpCase(op, inputs, changed, smooth);
  }

  /**
   * This case with a quarter of the elements of operand {@code input} replaced by the given ones,
   * and left out of gradient checks.
   */
  public OpCase sprinkle(int input, double... specials) {
    OpCase changed = with(input, new Sample.Sprinkled(samples.get(input), specials));
    return new OpCase(op, inputs, changed.samples, false);
  }

  /** The numbers of operand {@code input}, rounded to float so that every backend sees the same. */
  public Values draw(int input) {
    Values values = Values.zeros(inputs.get(input));
    CounterRandom random = CounterRandom.of(input, op.name());
    Sample sample = samples.get(input);
    for (int i = 0; i < values.size(); i++) {
      values.set(i, (float) sample.value(random, i));
    }
    return values;
  }

  /** For example {@code Conv2d[stride=1, padding=2] [2, 9, 9, 3] [5, 5, 3, 7]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(op.toString());
    inputs.forEach(shape -> text.append(' ').append(shape));
    return text.append(smooth ? "" : " (special values)").toString();
  }
}
