package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.layer.Mode;
import engram.nn.optim.Adam;
import engram.nn.optim.Sgd;
import engram.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What an objective can ask of a step: teachers, penalties, parts of a batch, further inputs. */
class ObjectiveTest {
  private final Backend backend = new ReferenceBackend();

  /** The adjustment here: gradients plus three times those of the same loss, taken once more. */
  @Test
  void anObjectiveMayAdjustTheGradientsBeforeTheUpdate() {
    Objective plain = Objective.crossEntropy();
    Objective adjusted =
        new Objective() {
          @Override
          public Tensor loss(StepTape step) {
            return plain.loss(step);
          }

          @Override
          public void adjust(StepTape step, Tensor gradients) {
            Tensor again = step.gradients("again", plain.loss(step));
            Tensor sum = step.add(gradients, step.scale(3, again));
            step.assign(gradients, sum);
          }
        };
    float[] once = gradientsOf(plain);
    float[] fourTimes = gradientsOf(adjusted);
    for (int i = 0; i < once.length; i++) {
      assertEquals(4 * once[i], fourTimes[i], 1e-5);
    }
  }

  @Test
  void anObjectiveMayLookAtAllParametersWithoutPenalisingThem() {
    float[] looked =
        gradientsOf(
            step -> {
              Tensor flat = step.network().flat();
              step.keep("sum", step.sum(flat));
              return Objective.crossEntropy().loss(step);
            });
    assertArrayEquals(gradientsOf(Objective.crossEntropy()), looked);
  }

  @Test
  void aNameIsKeptOnce() {
    Objective twice =
        step -> {
          step.keep("labels", step.targets());
          step.keep("labels", step.targets());
          return Objective.crossEntropy().loss(step);
        };
    Trainer trainer = new Trainer(Toy.network(backend), twice, new Sgd(0));
    assertThrows(IllegalArgumentException.class, () -> trainer.step(4));
  }

  @Test
  void aTeacherIsAskedButNotTrained() {
    Network teacher = Toy.network(backend);
    Network student = teacher.grow(5, 2);
    float[] before = teacher.parameters().snapshot();
    Trainer trainer =
        new Trainer(
            student,
            step -> {
              Tensor logits = step.forward().logits();
              Tensor old = step.frozen(teacher).forward(step.inputs(), Mode.EVALUATION).logits();
              Tensor ce = step.crossEntropy(logits, step.targets());
              Tensor kd = step.keep("kd", step.kd(logits, old, 2));
              return step.add(step.keep("ce", ce), kd);
            },
            new Adam());
    trainer.learningRate(0.01f);
    TrainingStep step = trainer.step(16);
    Toy.fill(step, 1);
    step.run();
    assertEquals(0, step.value("kd"), 1e-9, "student and teacher agree at first");
    assertEquals(step.loss(), step.value("ce") + step.value("kd"), 1e-6);
    step.run();
    assertTrue(step.value("kd") > 0);
    assertArrayEquals(before, teacher.parameters().snapshot());
  }

  @Test
  void aPenaltyOnAllParametersAddsToTheirGradients() {
    Network network = Toy.network(backend);
    float[] parameters = network.parameters().snapshot();
    Trainer plain = Toy.trainer(network.copy(), new Sgd(0), 0);
    Toy.lossAfter(plain, 1);
    Trainer penalised =
        new Trainer(
            network,
            step -> {
              Tensor flat = step.network().flat();
              Tensor square = step.multiply(flat, flat);
              Tensor norm = step.sum(square);
              return step.add(Objective.crossEntropy().loss(step), step.scale(3, norm));
            },
            new Sgd(0));
    Toy.lossAfter(penalised, 1);
    float[] expected = plain.optimiser().gradients().read();
    float[] received = penalised.optimiser().gradients().read();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] + 6 * parameters[i], received[i], 1e-5);
    }
  }

  @Test
  void aBatchOfPartsCanWeighThemApart() {
    Trainer trainer =
        new Trainer(
            Toy.network(backend),
            step -> {
              Tensor logits = step.forward().logits();
              Tensor fresh = step.crossEntropy(step.part(0, logits), step.part(0, step.targets()));
              Tensor memory = step.crossEntropy(step.part(1, logits), step.part(1, step.targets()));
              return step.add(step.keep("fresh", fresh), step.keep("memory", memory));
            },
            new Sgd(0));
    TrainingStep step = trainer.step(5, 2);
    Toy.fill(step, 3);
    step.run();
    assertEquals(7, step.targets().elements());
    assertEquals(step.loss(), step.value("fresh") + step.value("memory"), 1e-6);
    assertNotEquals(step.value("fresh"), step.value("memory"));
  }

  @Test
  void furtherInputsAreFilledByName() {
    Trainer trainer =
        new Trainer(
            Toy.network(backend),
            step ->
                step.multiply(Objective.crossEntropy().loss(step), step.input("weight", shape(1))),
            new Sgd(0));
    TrainingStep step = trainer.step(4);
    Toy.fill(step, 3);
    step.input("weight").write(0);
    step.run();
    assertEquals(0, step.loss());
    assertThrows(IllegalArgumentException.class, () -> step.input("wait"));
  }

  private float[] gradientsOf(Objective objective) {
    Trainer trainer = new Trainer(Toy.network(backend), objective, new Sgd(0));
    TrainingStep step = trainer.step(5);
    Toy.fill(step, 1);
    step.run();
    return trainer.optimiser().gradients().read();
  }
}
