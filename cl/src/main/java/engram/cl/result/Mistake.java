package engram.cl.result;

/**
 * A test image that was taken for another class.
 *
 * @param image index in the data set's test images
 * @param actual its label
 * @param predicted the label it was given
 * @param margin score of {@code predicted} minus that of {@code actual}, in the units of the head:
 *     differences of logits, or of distances to class means
 */
public record Mistake(int image, int actual, int predicted, float margin) {}
