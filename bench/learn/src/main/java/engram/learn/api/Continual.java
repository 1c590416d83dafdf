package engram.learn.api;

import engram.op.Values;
import java.util.List;
import java.util.random.RandomGenerator;

/** <i>2017</i>: a network learns digits two by two and must not forget. */
public final class Continual {
  private Continual() {}

  /** A network of the engine's: two layers, trained by Adam. */
  public interface Network {
    /** How many classes it knows: the outputs that there are. 0 before the first task. */
    int classes();

    /** Gives it more outputs; those that it has stay as they are. */
    void grow(int classes);

    /**
     * What it says.
     *
     * @param images each [784]
     * @return logits [N, classes]
     */
    Values logits(List<Values> images);

    /**
     * One step of training: the engine carries your gradient of the loss, with respect to each
     * logit, back to all weights and takes a step against it.
     *
     * @param images each [784]
     * @param gradient [N, classes]
     */
    void step(List<Values> images, Values gradient);

    /** Another network, with the same numbers; it stays as it is when this one is trained. */
    Network copy();
  }

  /** A few images that outlive their task. Copies are stored. */
  public interface Memory {
    /** How many images it can hold. */
    int capacity();

    /** How many it holds. */
    int size();

    /**
     * Stores an image.
     *
     * @param place 0 to capacity - 1; the next free one is size(), and one below replaces an image
     */
    void put(int place, Values image, int label);

    /** The image at a place below size(), [784]. */
    Values image(int place);

    /** Its label. */
    int label(int place);
  }

  /**
   * What comes at one time. When your method returns, these images are gone: only the memory keeps
   * some.
   *
   * @param images in random order, each [784], 0 to 1
   * @param labels of the images; new classes have the highest labels
   * @param classes how many classes there are, those of this task among them
   * @param earlier how many images all tasks before this one had
   */
  public record Task(List<Values> images, int[] labels, int classes, int earlier) {}

  /** Learns one task after another. */
  public interface Rehearsal {
    /**
     * Trains the network on a task and leaves what is needed later in the memory.
     *
     * @param network knows the classes of earlier tasks alone
     * @param random where chance comes from
     */
    void learn(Network network, Memory memory, Task task, RandomGenerator random);
  }
}
