package engram.cl.strategy;

import engram.nn.train.Inference;

/** What makes scores of classes from what a network says of a batch. */
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
