package engram.learn.api;

import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.Examples;
import engram.tensor.Shape;

/** Chapter 8 and 1998: training loops. */
public final class Loop {
  private Loop() {}

  /**
   * A network in training, in its parts. The engine records, differentiates and plans a step when a
   * batch of its size is first seen; what is done, and when, is up to the loop.
   */
  public interface Machine {
    /**
     * Sets the batch that {@link #forward} works on.
     *
     * @param pictures [N][784], rows of 28 pixels one after the other
     * @param labels [N], 0 to 9
     */
    void batch(float[][] pictures, int[] labels);

    /** Computes all layers and the mean cross-entropy of the batch, and returns the latter. */
    double forward();

    /** Sets the gradients of all parameters to zero. */
    void zeroGradients();

    /** Adds to the gradients of all parameters those of the loss that was last computed. */
    void backward();

    /** Takes rate times its gradient from each parameter. */
    void update(double rate);
  }

  /** Trains a network. */
  public interface Training {
    /**
     * @param machine the network, its first values drawn, its gradients zero
     * @param pictures [N][784]; do not change them
     * @param labels [N], 0 to 9
     */
    void train(Machine machine, float[][] pictures, int[] labels);
  }

  /** A network of convolutions, with the engine's own layers and loop. */
  public interface Convolutional {
    /**
     * @param input height, width and channels of a picture
     * @return its layers, with nothing computed yet
     */
    Sequential layers(Shape input, int classes);

    /**
     * @param network those layers, with first values
     * @param examples pictures of numbers 0 to 1, and their labels
     */
    void train(Network network, Examples examples);
  }
}
