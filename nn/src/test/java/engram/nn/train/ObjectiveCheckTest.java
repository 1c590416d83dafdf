package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Linear;
import engram.nn.layer.Relu;
import engram.nn.optim.Sgd;
import engram.op.CustomOp;
import engram.op.GradientBuilder;
import engram.op.OpCase;
import engram.op.Values;
import engram.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Gradients beside finite differences: what is right, what is wrong, and what is a bend. */
class ObjectiveCheckTest {
  private static final Examples BATCH =
      Examples.of(new float[][] {{0.5f, -1}, {1, 0.25f}, {-0.75f, 0.5f}, {0.1f, 0.9f}}, 0, 1, 2, 1);

  /** Doubles, and says that its gradient is that of something that triples. */
  private record WrongDouble() implements CustomOp {
    @Override
    public void gradient(GradientBuilder g) {
      g.contribute(0, () -> g.scale(3, g.outputGradient()));
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      outputs.get(0).map(inputs.get(0), x -> 2 * x);
    }

    @Override
    public List<OpCase> cases() {
      return List.of(OpCase.of(this, shape(3)));
    }
  }

  private static Network network() {
    return Network.create(
        Sequential.of(shape(2), new Linear(2, 4), new BatchNorm2d(4), new Relu(), new Linear(4, 3)),
        new ReferenceBackend(),
        1);
  }

  @Test
  void everyElementOfASmallParameterAndAsManyAsAskedOfALargeOne() {
    Network network = network();
    float[] before = network.parameters().snapshot();
    float[] state = network.state().snapshot();
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Sgd(0.1));
    trainer.train(
        BATCH,
        step -> {
          List<ObjectiveCheck.Entry> entries = ObjectiveCheck.of(trainer, step, 5, 1);
          assertEquals(
              List.of(5, 4, 4, 4, 5, 3),
              network.parameters().layout().slots().stream()
                  .map(slot -> slot.spec().name())
                  .map(
                      name ->
                          (int) entries.stream().filter(e -> e.parameter().equals(name)).count())
                  .toList());
          entries.forEach(entry -> assertTrue(entry.agrees(), entry::toString));
        });
    assertArrayEquals(before, network.parameters().snapshot());
    assertArrayEquals(state, network.state().snapshot());
  }

  @Test
  void aWrongGradientIsNotTakenForABend() {
    Objective wrong =
        step -> {
          Tensor logits = step.apply(new WrongDouble(), step.forward().logits());
          return step.crossEntropy(logits, step.targets());
        };
    List<ObjectiveCheck.Entry> entries = ObjectiveCheck.of(network(), wrong, BATCH);
    long off = entries.stream().filter(entry -> !entry.agrees()).count();
    assertTrue(off > entries.size() / 2, off + " of " + entries.size());
    assertTrue(entries.stream().noneMatch(entry -> entry.kink() && !entry.agrees()));
  }

  @Test
  void atABendTheSlopeOfOneSideCounts() {
    Network network = network();
    network.parameters().buffer("linear1.weight").write(new float[8]);
    network.parameters().buffer("bn1.bias").write(new float[4]);
    List<ObjectiveCheck.Entry> entries =
        ObjectiveCheck.of(network, Objective.crossEntropy(), BATCH);
    ObjectiveCheck.Entry bend =
        entries.stream()
            .filter(entry -> entry.parameter().equals("bn1.bias") && entry.kink())
            .findFirst()
            .orElseThrow();
    assertTrue(bend.agrees(), bend::toString);
  }

  @Test
  void whatTheTrainerDoesToGradientsAfterwardsIsNotChecked() {
    TrainingOptions clipped = new TrainingOptions(OptionalDouble.of(1e-3), 0, List.of(), true);
    Trainer trainer = new Trainer(network(), Objective.crossEntropy(), new Sgd(0.1), clipped);
    trainer.train(
        BATCH,
        step ->
            assertFalse(
                ObjectiveCheck.of(trainer, step, 5, 1).stream().anyMatch(e -> !e.agrees())));
  }
}
