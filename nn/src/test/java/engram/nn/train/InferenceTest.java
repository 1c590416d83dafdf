package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Linear;
import engram.nn.optim.Sgd;
import org.junit.jupiter.api.Test;

class InferenceTest {
  private static final float[][] ROWS = {{1, 0}, {0, 1}, {3, 2}};

  /** Two numbers in, the same two as logits out. */
  private final Network network =
      Network.create(
          Sequential.of(shape(2), new Linear(2, 2).named("fc")), new ReferenceBackend(), 1);

  InferenceTest() {
    network.parameters().buffer("fc.weight").write(1, 0, 0, 1);
    network.parameters().buffer("fc.bias").write(0, 0);
  }

  @Test
  void accuracyIsTheShareOfLabelsWithTheLargestLogit() {
    assertEquals(1, new Inference(network).accuracy(Examples.of(ROWS, 0, 1, 0)));
    assertEquals(2.0 / 3, new Inference(network).accuracy(Examples.of(ROWS, 0, 1, 1)));
  }

  @Test
  void aTargetThatIsNoLabelIsNamed() {
    for (float[] targets : new float[][] {{0, 0.5f, 1}, {0, 2, 1}, {0, -1, 1}, {0, Float.NaN, 1}}) {
      Examples examples = Examples.of(ROWS, targets);
      Exception error =
          assertThrows(
              IllegalArgumentException.class, () -> new Inference(network).accuracy(examples));
      assertTrue(error.getMessage().startsWith("accuracy: target 1 is"), error.getMessage());
    }
  }

  @Test
  void rowsOfAnotherLengthAreRefusedEvenIfTheyHoldAWholeNumberOfInputs() {
    Examples examples = Examples.of(new float[][] {{1, 2, 3, 4}}, 0);
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Sgd(0.1));
    assertThrows(IllegalArgumentException.class, () -> new Inference(network).accuracy(examples));
    assertThrows(IllegalArgumentException.class, () -> trainer.train(examples));
  }

  @Test
  void aBatchHasAnInput() {
    assertThrows(
        IllegalArgumentException.class, () -> new Inference(network).logits(new float[2], 0));
    assertThrows(IllegalArgumentException.class, () -> Examples.of(ROWS, 0, 1, 0).batches(0));
  }

  @Test
  void thereIsNoLossBeforeTheFirstBatchAndNoExampleWithoutATarget() {
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Sgd(0.1));
    assertThrows(IllegalStateException.class, trainer::loss);
    trainer.train(Examples.of(ROWS, 0, 1, 0));
    assertTrue(trainer.loss() > 0);
    assertThrows(IllegalArgumentException.class, () -> Examples.of(ROWS, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Examples.of(new float[0][], new int[0]));
  }
}
