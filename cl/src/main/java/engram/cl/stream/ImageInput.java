package engram.cl.stream;

import engram.tensor.Shape;

/**
 * How the images of a data set come into batches.
 *
 * @param image [height, width, channels]
 * @param augmentation of images that are trained on
 */
public record ImageInput(Shape image, Normalisation normalisation, Augmentation augmentation) {

  /** An empty batch that takes images as they are. */
  public Batch batch(int capacity) {
    return new Batch(capacity, image, normalisation, Augmentation.NONE);
  }

  /** An empty batch of images that vary each time they are seen. */
  public Batch variedBatch(int capacity) {
    return new Batch(capacity, image, normalisation, augmentation);
  }
}
