package engram.cl.strategy;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MovingAverageTest {
  private final Network network =
      Network.create(
          Sequential.of(
              shape(1, 1, 2),
              new BatchNorm2d(2).named("bn"),
              new Flatten(),
              new Linear(2, 3).named("fc")),
          new ReferenceBackend(),
          1);

  private void set(float parameters, float statistics) {
    float[] values = network.parameters().snapshot();
    Arrays.fill(values, parameters);
    network.parameters().restore(values);
    float[] state = network.state().snapshot();
    Arrays.fill(state, statistics);
    network.state().restore(state);
  }

  /** The first step takes over 8; then 0.5 8 + 0.5 4 = 6; then 0.6 6 + 0.4 1 = 4. */
  @Test
  void keepsItsShareOfItselfAndCopiesRunningStatistics() {
    MovingAverage average = MovingAverage.of(network, 0.6);
    set(8, 1);
    average.step();
    assertEquals(8, average.network().parameters().buffer("fc.weight").read()[0], 1e-5);
    set(4, 2);
    average.step();
    assertEquals(6, average.network().parameters().buffer("fc.weight").read()[5], 1e-6);
    set(1, 3);
    average.step();
    assertEquals(4, average.network().parameters().buffer("bn.weight").read()[1], 1e-6);
    assertEquals(3, average.network().state().buffer("bn.running_var").read()[1]);
    assertEquals(1, network.parameters().buffer("fc.weight").read()[0], "what is followed");
  }
}
