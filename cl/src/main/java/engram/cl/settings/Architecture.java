package engram.cl.settings;

import engram.nn.BatchNormCnn;
import engram.nn.Sequential;
import engram.nn.SimpleCnn;
import java.util.Locale;

/** Networks with a name; the row of option {@code model} says what each is. */
public enum Architecture {
  SIMPLE,
  BN,
  BN_MAP,
  BN_DEEP;

  /** The layers for a number of classes. */
  public Sequential of(int classes) {
    return switch (this) {
      case SIMPLE -> SimpleCnn.of(classes);
      case BN -> BatchNormCnn.of(classes);
      case BN_MAP -> BatchNormCnn.onMap(classes);
      case BN_DEEP -> BatchNormCnn.deep(classes);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
