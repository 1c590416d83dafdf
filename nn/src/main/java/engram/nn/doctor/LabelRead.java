package engram.nn.doctor;

/**
 * A cross-entropy that takes targets, or a part of them, for labels.
 *
 * @param first of the targets that it reads
 * @param count how many it reads
 * @param shift what is added to each before it is read
 * @param classes that it compares
 */
public record LabelRead(int first, int count, int shift, int classes) {

  /** Label that is its first class. */
  int least() {
    return -shift;
  }

  /** Label that is its last class. */
  int most() {
    return classes - 1 - shift;
  }

  boolean takes(float label) {
    return label >= least() && label <= most() && label == Math.rint(label);
  }

  /** The same of a part of what it reads. */
  LabelRead part(int start, int length) {
    return new LabelRead(first + start, length, shift, classes);
  }

  LabelRead shifted(int by) {
    return new LabelRead(first, count, shift + by, classes);
  }

  LabelRead among(int of) {
    return new LabelRead(first, count, shift, of);
  }
}
