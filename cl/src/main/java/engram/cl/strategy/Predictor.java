package engram.cl.strategy;

import engram.nn.Network;
import engram.nn.train.Inference;

/**
 * A network and a head that turns its features or logits into an answer.
 *
 * @param network what is asked
 * @param head what makes scores of it
 */
public record Predictor(Network network, Head head) {
  private static final Head LOGITS = (ran, images) -> ran.logits().read();

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

  /** The class of the largest logit. */
  public static Predictor linear(Network network) {
    return new Predictor(network, LOGITS);
  }

  /** Whether the network alone gives the answer, its largest logit. */
  public boolean answersByLogits() {
    return head.equals(LOGITS);
  }
}
