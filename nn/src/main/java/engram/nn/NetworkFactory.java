package engram.nn;

import engram.tensor.Shape;

/** Networks for any data: whoever knows the shape of an example and the classes gets the layers. */
@FunctionalInterface
public interface NetworkFactory {

  /**
   * The layers.
   *
   * @param input shape of one example, such as [32, 32, 3]: height, width, channels
   * @param classes number of logits
   * @return layers whose last one is a linear classifier, see {@link Sequential#classifier}
   * @throws engram.tensor.ShapeException if examples of this shape do not fit
   */
  Sequential create(Shape input, int classes);
}
