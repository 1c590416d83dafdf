package engram.nn.optim;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.nn.Layout;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Linear;
import engram.nn.train.Examples;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.nn.train.Trainer;
import engram.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an optimiser remembers goes on with a network, also with one whose classifier has grown. */
class OptimiserStateTest {
  private static final Examples BATCH =
      Examples.of(new float[][] {{1, -2}, {0.5f, 3}, {-1, 0.25f}}, 0, 1, 1);

  /** Holds floats, as those that train do; the reference holds more than is read from it. */
  private final Backend backend = VectorBackend.open(1);

  @AfterEach
  void close() {
    backend.close();
  }

  private Network network(int classes) {
    Sequential model =
        Sequential.of(shape(2), new Linear(2, 3).named("hidden"), new Linear(3, 2).named("fc"));
    return Network.create(model.withClasses(classes), backend, 1);
  }

  private static Trainer trainer(Network network, Optimiser optimiser) {
    return new Trainer(network, Objective.crossEntropy(), optimiser);
  }

  private static void train(Trainer trainer, int steps) {
    for (int i = 0; i < steps; i++) {
      trainer.train(BATCH);
    }
  }

  static Stream<Optimiser> optimisers() {
    return Stream.of(
        new Adam(0.1), Adam.decoupled(0.1, 0.01), new Sgd(0.1, 0.9, false, 0.01), new Sgd(0.1));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void twoTrainingsWithOneStateAreOneLongTraining(Optimiser optimiser) {
    Network whole = network(2);
    train(trainer(whole, optimiser), 7);

    Network parts = network(2);
    Trainer first = trainer(parts, optimiser);
    train(first, 3);
    Trainer second = trainer(parts, optimiser);
    second.optimiser().copyLeading(first.optimiser());
    train(second, 4);
    assertArrayEquals(whole.parameters().snapshot(), parts.parameters().snapshot());
  }

  /** Momentum 0.5 on a constant gradient g: the velocity is g, 1.5 g, then 1.75 g in the second. */
  @Test
  void momentumIsKeptAsByHand() {
    Optimiser optimiser = new Sgd(1, 0.5, false, 0);
    Network network = network(2);
    Trainer first = new Trainer(network, OptimiserStateTest::sumOfLogits, optimiser);
    train(first, 2);
    float[] before = network.parameters().snapshot();
    Trainer second = new Trainer(network, OptimiserStateTest::sumOfLogits, optimiser);
    second.optimiser().copyLeading(first.optimiser());
    train(second, 1);
    int bias = network.parameters().layout().slot("fc.bias").offset();
    assertEquals(-1.75, network.parameters().snapshot()[bias] - before[bias], 1e-6);
  }

  /** Its gradient for each bias of the classifier is 1. */
  private static Tensor sumOfLogits(StepTape step) {
    return step.scale(1 / 3.0, step.sum(step.forward().logits()));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void rowsThatAreNewBeginAtZero(Optimiser optimiser) {
    Network small = network(2);
    Trainer first = trainer(small, optimiser);
    train(first, 3);
    Network large = small.grow(20, 1);
    OptimiserState grown = trainer(large, optimiser).optimiser();
    grown.copyLeading(first.optimiser());

    Layout from = small.parameters().layout();
    Layout to = large.parameters().layout();
    for (int i = 0; i < grown.moments().size(); i++) {
      float[] old = first.optimiser().moments().get(i).read();
      float[] now = grown.moments().get(i).read();
      if (now.length == 1) {
        assertEquals(3, now[0], "steps that Adam counts");
        continue;
      }
      int moved = 0;
      for (String name : List.of("hidden.weight", "hidden.bias", "fc.weight", "fc.bias")) {
        Layout.Slot slot = to.slot(name);
        int known = from.slot(name).spec().shape().elements();
        for (int e = 0; e < slot.spec().shape().elements(); e++) {
          float expected = e < known ? old[from.slot(name).offset() + e] : 0;
          assertEquals(expected, now[slot.offset() + e], name + " " + e);
          moved += expected != 0 ? 1 : 0;
        }
      }
      assertTrue(moved > 0, "there was something to keep");
      assertEquals(
          IntStream.range(0, old.length).filter(e -> old[e] != 0).count(), moved, "and all is");
    }
  }

  @Test
  void whatAnotherOptimiserRemembersIsRefused() {
    OptimiserState adam = trainer(network(2), new Adam()).optimiser();
    OptimiserState sgd = trainer(network(2), new Sgd(0.1)).optimiser();
    assertThrows(IllegalArgumentException.class, () -> sgd.copyLeading(adam));
  }
}
