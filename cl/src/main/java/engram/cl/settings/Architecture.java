package engram.cl.settings;

import static engram.tensor.Shape.shape;

import engram.nn.Sequential;
import engram.nn.model.BatchNormCnn;
import engram.nn.model.SimpleCnn;
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
      case SIMPLE -> SimpleCnn.of(shape(32, 32, 3), classes);
      case BN -> BatchNormCnn.of(shape(32, 32, 3), classes);
      case BN_MAP -> BatchNormCnn.onMap(shape(32, 32, 3), classes);
      case BN_DEEP -> BatchNormCnn.deep(shape(32, 32, 3), classes);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
