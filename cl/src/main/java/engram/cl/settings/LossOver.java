package engram.cl.settings;

import java.util.Locale;

/** Which outputs the cross-entropy of an image compares. */
public enum LossOver {
  /** Those of all classes met so far. */
  MET,
  /** Those of all classes, also of classes that come later. */
  ALL,
  /** Those of the classes of the image's own task. */
  TASK;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
