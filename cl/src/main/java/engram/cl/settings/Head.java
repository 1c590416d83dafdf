package engram.cl.settings;

import java.util.Locale;

/** When the classifier gets its outputs. */
public enum Head {
  /** Outputs of new classes are added when they come, drawn as PyTorch draws a new linear layer. */
  GROWING,
  /** All outputs are drawn with the network. */
  FULL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
