package engram.nn.doctor;

/**
 * Something that is wrong with a training.
 *
 * @param symptom its name, such as {@code dead-rectifier}; see the package's description
 * @param where layer, parameter or class; {@code inputs}, {@code labels} or {@code loss}
 * @param what a sentence with the number that shows it
 * @param remedy what to do, a sentence
 */
public record Finding(String symptom, String where, String what, String remedy) {

  /** {@code dead-rectifier, relu1: all 16 of its units give 0 ... Lower the learning rate ...} */
  @Override
  public String toString() {
    return "%s, %s: %s %s".formatted(symptom, where, what, remedy);
  }
}
