package engram.cl.stream;

import engram.cl.task.TaskSequence;
import engram.tensor.Shape;

/**
 * How the images of a data set come into batches.
 *
 * @param image [height, width, channels]
 * @param augmentation of images that are trained on
 * @param symmetries of the signs that labels stand for
 */
public record ImageInput(
    Shape image, Normalisation normalisation, Augmentation augmentation, Symmetries symmetries) {

  /** Of images of which nothing more is known. */
  public ImageInput(Shape image, Normalisation normalisation, Augmentation augmentation) {
    this(image, normalisation, augmentation, Symmetries.NONE);
  }

  /**
   * The same for the labels of a sequence.
   *
   * @throws IllegalArgumentException if images are to be mirrored and no class of the data set may
   *     be
   */
  public ImageInput of(TaskSequence sequence) {
    if (augmentation == Augmentation.SIGNS_FLIP && !Symmetries.isAny(sequence.dataset())) {
      throw new IllegalArgumentException(
          "augment is signs-flip, but no class of %s is known to stay a sign when it is mirrored or turned: use signs"
              .formatted(sequence.dataset().description()));
    }
    return new ImageInput(image, normalisation, augmentation, Symmetries.of(sequence));
  }

  /** An empty batch that takes images as they are. */
  public Batch batch(int capacity) {
    return new Batch(capacity, image, normalisation, Augmentation.NONE, Symmetries.NONE);
  }

  /** An empty batch of images that vary each time they are seen. */
  public Batch variedBatch(int capacity) {
    return new Batch(capacity, image, normalisation, augmentation, symmetries);
  }
}
