package engram.cl.strategy;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import engram.backend.reference.ReferenceBackend;
import engram.cl.ToySigns;
import engram.cl.state.Snapshot;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.data.ImageSet;
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

  /** The plan that moves the average was made before, so that this has to stay where it is. */
  @Test
  void anAverageThatIsRestoredGoesOnWhereItWas() {
    MovingAverage whole = MovingAverage.of(network, 0.6);
    set(8, 1);
    whole.step();
    Snapshot told = new Snapshot();
    whole.state(told.taking());

    set(4, 2);
    MovingAverage restored = MovingAverage.of(network, 0.6);
    Network average = restored.network();
    restored.state(told.giving(nothingElse()));
    assertSame(average, restored.network());
    whole.step();
    restored.step();
    assertEquals(6, restored.network().parameters().buffer("fc.weight").read()[5], 1e-6);
    assertArrayEquals(
        ReferenceBackend.read(whole.network().parameters().buffer()),
        ReferenceBackend.read(restored.network().parameters().buffer()));
    assertEquals(2, restored.network().state().buffer("bn.running_var").read()[1]);
  }

  private static Snapshot.World nothingElse() {
    ImageSet images = ToySigns.images(0, 1);
    TaskSplit split = new TaskSplit(ClassOrder.given(2), TaskSizes.even(2, 1));
    return new Snapshot.World(
        new TaskSequence(ToySigns.dataset(2, images, images), split),
        classes -> {
          throw new AssertionError("the average has its network");
        });
  }
}
