package engram.cl.settings;

import engram.nn.BatchNormCnn;
import engram.nn.Sequential;
import engram.nn.SimpleCnn;
import java.util.Locale;

/** Networks with a name. */
public enum Architecture {
  /** The course project's network, {@link SimpleCnn}: its features are a map of 4096 values. */
  SIMPLE {
    @Override
    public Sequential of(int classes) {
      return SimpleCnn.of(classes);
    }
  },

  /** {@link BatchNormCnn}: batch normalisation and 256 features. */
  BN {
    @Override
    public Sequential of(int classes) {
      return BatchNormCnn.of(classes);
    }
  },

  /** The same with a classifier over its map of 2048 values. */
  BN_MAP {
    @Override
    public Sequential of(int classes) {
      return BatchNormCnn.onMap(classes);
    }
  },

  /** {@link BatchNormCnn} with two convolutions in each stage. */
  BN_DEEP {
    @Override
    public Sequential of(int classes) {
      return BatchNormCnn.deep(classes);
    }
  };

  /** The layers for a number of classes. */
  public abstract Sequential of(int classes);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
