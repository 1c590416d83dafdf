package engram.cl.strategy;

import engram.nn.Network;

/**
 * A network and a head that turns its features or logits into an answer.
 *
 * @param network what is asked
 * @param head what makes scores of it
 */
public record Predictor(Network network, Head head) {

  /** The class of the largest logit. */
  public static Predictor linear(Network network) {
    return new Predictor(network, (ran, images) -> ran.logits().read());
  }
}
