package engram.cl.settings;

import engram.cl.stream.Augmentation;
import engram.cl.stream.Normalisation;

/**
 * What lifts every strategy alike: the network, what it sees, and what steadies it.
 *
 * @param network the layers
 * @param labelSmoothing share of a label that is spread over all classes, 0 for none
 * @param average share of itself that a moving average of the network keeps at each step; the
 *     average is what a task ends with; 0 for none
 * @param normalisation how bytes become the network's input
 * @param augmentation how training images vary
 */
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
