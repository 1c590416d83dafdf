package engram.cl.settings;

import java.util.Locale;

/** What a network learns before any strategy starts. */
public enum Pretraining {
  /** The classes of the first task. */
  FIRST_TASK,

  /** {@link engram.data.synthetic.MadeUpSigns}, whose classes no task has. */
  MADE_UP_SIGNS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
