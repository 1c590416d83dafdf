package examples;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.nn.Layout;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.init.Initialiser;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.Layer;
import engram.nn.layer.LayerContext;
import engram.nn.layer.Linear;
import engram.nn.layer.Named;
import engram.nn.layer.ParameterSpec;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import engram.nn.optim.Adam;
import engram.nn.optim.Optimiser;
import engram.nn.train.Examples;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.op.Recorder;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import engram.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of one's own, each in a few lines: objective, layer, composite layer, optimiser. */
class OwnPartsTest {
  private final Backend backend = new ReferenceBackend();

  private Network plane(Layer activation) {
    return Network.create(
        Sequential.of(shape(2), new Linear(2, 16), activation, new Linear(16, 2)), backend, 1);
  }

  @Test
  void theLoopOfTheReadmeLearnsTheRings() {
    Network net = plane(new Relu());
    Trainer trainer = new Trainer(net, Objective.crossEntropy(), new Adam(1e-2));
    Examples data = Rings.points(1_000);
    assertTrue(new Inference(net).accuracy(data) < 0.8);
    Rings.epochs(trainer, 20);
    assertTrue(new Inference(net).accuracy(data) > 0.93);
  }

  /** Squared error to a value: the last layer has one output, targets are values. */
  @Test
  void anObjective() {
    Objective squares =
        step -> {
          Tensor predicted = step.reshape(step.forward().logits(), step.targets().shape());
          return step.meanSquaredError(predicted, step.targets());
        };
    Network line = Network.create(Sequential.of(shape(1), new Linear(1, 1)), backend, 1);
    Trainer trainer = new Trainer(line, squares, new Adam(0.1));
    Examples data = Examples.of(new float[][] {{0}, {1}, {2}, {3}}, 1f, 3f, 5f, 7f);
    for (int i = 0; i < 300; i++) {
      trainer.train(data);
    }
    assertArrayEquals(new float[] {21}, new Inference(line).logits(new float[] {10}, 1), 0.05f);
  }

  /** A layer with a parameter: the slope of a leaky ReLU is learnt (PReLU, He et al. 2015). */
  record PRelu() implements Layer {
    @Override
    public String kind() {
      return "prelu";
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(ParameterSpec.vector("weight", 1, new Initialiser.Constant(0.25f)));
    }

    @Override
    public Tensor record(LayerContext t, Tensor x) {
      Tensor negative = t.scale(-1, t.relu(t.scale(-1, x)));
      return t.add(t.relu(x), t.scale(t.parameter("weight"), negative));
    }
  }

  @Test
  void aLayerWithAParameter() {
    Network net = plane(new PRelu());
    assertArrayEquals(new float[] {0.25f}, net.parameters().readTorch("prelu1.weight"));
    Trainer trainer = new Trainer(net, Objective.crossEntropy(), new Adam(1e-2));
    Rings.epochs(trainer, 20);
    assertTrue(Math.abs(net.parameters().readTorch("prelu1.weight")[0] - 0.25f) > 0.01);
    assertTrue(new Inference(net).accuracy(Rings.points(1_000)) > 0.93);
  }

  /** A layer made of layers: a gate decides how much of x goes another way (Highway networks). */
  record Highway(int features) implements Layer {
    @Override
    public String kind() {
      return "highway";
    }

    @Override
    public List<Named> layers() {
      return List.of(
          new Linear(features, features).named("gate"),
          Block.of(new Linear(features, features), new Relu()).named("way"));
    }

    @Override
    public Tensor record(LayerContext t, Tensor x) {
      Tensor raw = t.layer("gate", x);
      Tensor gate = t.divide(t.affine(0, raw, 1), t.shift(t.exp(t.scale(-1, raw)), 1));
      Tensor detour = t.subtract(t.layer("way", x), x);
      return t.add(x, t.multiply(gate, detour));
    }
  }

  @Test
  void aLayerMadeOfLayers() {
    Sequential model =
        Sequential.of(shape(2), new Linear(2, 8), new Highway(8), new Highway(8), new Linear(8, 2));
    assertEquals(
        List.of(
            "linear1.weight",
            "linear1.bias",
            "highway1.gate.weight",
            "highway1.gate.bias",
            "highway1.way.linear1.weight",
            "highway1.way.linear1.bias"),
        model.parameters().stream().map(ParameterSpec::name).limit(6).toList());
    Network net = Network.create(model, backend, 1);
    Trainer trainer = new Trainer(net, Objective.crossEntropy(), new Adam(1e-2));
    Rings.epochs(trainer, 20);
    assertTrue(new Inference(net).accuracy(Rings.points(1_000)) > 0.93);
  }

  @Test
  void aResidualBlockKeepsItsInputWhereTheBodyGivesNothing() {
    Layer block =
        Residual.of(new Conv2d(4, 4, 3, 1), new BatchNorm2d(4), new Relu(), new Conv2d(4, 4, 3, 1));
    Sequential model =
        Sequential.of(shape(6, 6, 4), block, new Relu(), new GlobalAveragePool(), new Linear(4, 3));
    Network net = Network.create(model, backend, 1);
    net.parameters().writeTorch("residual1.conv2.weight", new float[4 * 4 * 3 * 3]);
    net.parameters().writeTorch("residual1.conv2.bias", new float[4]);
    Sequential without =
        Sequential.of(shape(6, 6, 4), new Relu(), new GlobalAveragePool(), new Linear(4, 3));
    Network plain = Network.create(without, backend, 1);
    float[] image = new float[6 * 6 * 4];
    for (int i = 0; i < image.length; i++) {
      image[i] = (i % 7) / 7f;
    }
    assertArrayEquals(
        new Inference(plain).logits(image, 1), new Inference(net).logits(image, 1), 1e-6f);
  }

  /** A shortcut that changes the shape, as the body does. */
  @Test
  void aResidualBlockWithAConvolutionOnTheWayAround() {
    Residual block =
        Residual.of(new Conv2d(4, 8, 3, 1).withStride(2))
            .withShortcut(new Conv2d(4, 8, 1, 0).withStride(2));
    Sequential model = Sequential.of(shape(6, 6, 4), block, new Flatten(), new Linear(72, 3));
    assertEquals(shape(5, 3), model.outputShape(5));
    Sequential wrong =
        Sequential.of(shape(6, 6, 4), Residual.of(new Conv2d(4, 4, 3, 1)), new Flatten());
    assertEquals(shape(2, 144), wrong.outputShape(2));
    var e =
        assertThrows(
            ShapeException.class,
            () -> Sequential.of(shape(6, 6, 4), Residual.of(new Conv2d(4, 8, 3, 1))));
    assertTrue(e.getMessage().contains("\"residual1\""), e.getMessage());
  }

  /** RMSprop (Tieleman and Hinton 2012), as PyTorch has it, in ops that there are. */
  record RmsProp(double learningRate) implements Optimiser {
    @Override
    public List<Shape> state(Layout parameters) {
      return List.of(parameters.shape());
    }

    @Override
    public void record(
        Recorder t, Tensor parameters, Tensor gradients, List<Tensor> state, Tensor rate) {
      Tensor squares = t.multiply(gradients, gradients);
      Tensor mean = t.add(t.scale(0.99, state.getFirst()), t.scale(0.01, squares));
      t.assign(state.getFirst(), mean);
      Tensor move = t.divide(gradients, t.shift(t.sqrt(mean), 1e-8));
      t.assign(parameters, t.subtract(parameters, t.scale(rate, move)));
    }
  }

  @Test
  void anOptimiser() {
    Network net = plane(new Relu());
    float[] before = net.parameters().readTorch("linear2.bias");
    Trainer trainer = new Trainer(net, Objective.crossEntropy(), new RmsProp(0.01));
    trainer.train(Rings.points(8));
    // In the first step mean = 0.01 g^2, so each parameter moves by 0.01 / sqrt(0.01) = 0.1.
    float[] after = net.parameters().readTorch("linear2.bias");
    assertEquals(0.1, Math.abs(after[0] - before[0]), 1e-4);
    Rings.epochs(trainer, 20);
    assertTrue(new Inference(net).accuracy(Rings.points(1_000)) > 0.9);
  }
}
