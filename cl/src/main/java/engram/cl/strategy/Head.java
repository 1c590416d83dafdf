package engram.cl.strategy;

import engram.nn.train.Inference;

/** Turns features or logits of a network into scores of classes. */
@FunctionalInterface
public interface Head {

  /**
   * One score for each image and class, the largest of which is the answer: [images, classes].
   *
   * @param ran a batch that has run
   * @param images number of images in it
   */
  float[] scores(Inference.Batch ran, int images);
}
