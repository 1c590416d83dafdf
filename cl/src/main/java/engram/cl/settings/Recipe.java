package engram.cl.settings;

import engram.cl.stream.Augmentation;
import engram.cl.stream.Normalisation;

/** What lifts every strategy alike: the network, what it sees, and what steadies it. */
public record Recipe(
    Architecture network,
    float labelSmoothing,
    double average,
    Normalisation normalisation,
    Augmentation augmentation) {

  Recipe(Values v) {
    this(
        v.get(Options.MODEL),
        v.get(Options.LABEL_SMOOTHING),
        v.get(Options.AVERAGE),
        v.get(Options.PIXELS),
        v.get(Options.AUGMENT));
  }
}
