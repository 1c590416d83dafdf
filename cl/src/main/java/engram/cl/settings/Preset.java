package engram.cl.settings;

import java.util.Locale;

/** Protocols with a name. */
public enum Preset {
  /** All classes in five tasks, a balanced reservoir as memory. */
  DEFAULT,
  /**
   * The course project that this benchmark reproduces: five tasks of eight classes, one epoch each,
   * all strategies from one network pre-trained on the first task, a memory that gets one batch a
   * task.
   */
  SEED,
  /**
   * What keeps most with 200 images: {@link engram.cl.strategy.Lucir} on a network of six
   * convolutions with batch normalisation. Chosen on held-out tracks of the training images.
   */
  BEST;

  /** The preset of this name, in any case. */
  public static Preset parse(String name) {
    for (Preset preset : values()) {
      if (preset.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return preset;
      }
    }
    throw new IllegalArgumentException(
        "there is no preset \"%s\"; choose default, seed or best".formatted(name));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
