package engram.bench.measure;

import engram.nn.optim.Adam;
import engram.nn.optim.Optimiser;
import java.util.OptionalDouble;

/**
 * How a step that is looked at changes parameters.
 *
 * @param name for people, such as {@code sgd, rate 0.1, momentum 0.9}
 * @param rate learning rate of all steps
 * @param clip largest norm of all gradients together; empty for no limit
 */
public record Update(String name, Optimiser optimiser, double rate, OptionalDouble clip) {

  /** Adam, rate 0.001. */
  public static final Update USUAL =
      new Update(
          "adam, rate " + MeasuredStep.RATE,
          new Adam(MeasuredStep.RATE),
          MeasuredStep.RATE,
          OptionalDouble.empty());
}
