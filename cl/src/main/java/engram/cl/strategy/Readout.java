package engram.cl.strategy;

import engram.cl.task.Examples;

/** What the network that is trained says of examples, as it is now. */
public interface Readout {

  /** Input of the classifier for each example, [examples][features]. */
  float[][] features(Examples examples);

  /** Output of the network for each example, [examples][classes]. */
  float[][] logits(Examples examples);
}
