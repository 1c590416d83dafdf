package engram.cl.strategy;

import engram.cl.state.State;

/**
 * Cross-entropy on the new images alone, as it stands in {@link Strategy#loss}. Nothing is done
 * against forgetting: the lower bound.
 */
public final class FineTune implements Strategy {
  /** All that is learnt is in the network. */
  @Override
  public void state(State state) {}
}
