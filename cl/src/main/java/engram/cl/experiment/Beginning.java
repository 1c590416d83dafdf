package engram.cl.experiment;

import engram.cl.settings.Optimisation;
import engram.cl.state.State;
import engram.nn.Network;
import engram.nn.optim.OptimiserState;
import java.util.Optional;

/**
 * The network from which all strategies start: new, or pre-trained.
 *
 * @param kept what the optimiser of its training left for the first task
 */
record Beginning(Network network, Optional<OptimiserState> kept) {

  /** The beginning of a state, or this one on its way into it. */
  Beginning state(State state, Optimisation optimisation) {
    Network same = state.network("network", Optional.of(network)).orElseThrow();
    return new Beginning(same, optimiser(state.in("optimiser"), kept, same, optimisation));
  }

  /** What an optimiser remembers of a network, where it remembers anything. */
  static Optional<OptimiserState> optimiser(
      State state, Optional<OptimiserState> now, Network network, Optimisation optimisation) {
    if (!state.present("kept", now)) {
      return Optional.empty();
    }
    OptimiserState all =
        now.orElseGet(
            () ->
                new OptimiserState(
                    optimisation.optimiser(), network.parameters().layout(), network.backend()));
    for (int i = 0; i < all.moments().size(); i++) {
      state.buffer("moment" + i, all.moments().get(i));
    }
    return Optional.of(all);
  }
}
