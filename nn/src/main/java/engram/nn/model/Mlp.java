package engram.nn.model;

import engram.nn.Sequential;
import engram.nn.layer.Flatten;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.Named;
import engram.nn.layer.Relu;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A multi-layer perceptron: linear layers with ReLUs, and a linear classifier. Values as PyTorch
 * draws them. The network of the protocols on MNIST (Hsu et al. 2018; van de Ven and Tolias 2019).
 */
final class Mlp {
  private Mlp() {}

  /**
   * The network.
   *
   * @param input any shape; images are flattened
   * @param width units of each hidden layer
   * @param depth number of hidden layers, 0 for a linear classifier
   * @throws engram.tensor.ShapeException if it would have more numbers than any memory
   */
  static Sequential of(Shape input, int width, int depth, int classes) {
    Budget budget = new Budget();
    List<Layer> layers = new ArrayList<>();
    if (input.rank() > 1) {
      layers.add(new Flatten());
    }
    int features = input.elements();
    for (int i = 0; i < depth; i++) {
      budget.layer(width);
      budget.parameters(features, width);
      layers.add(new Linear(features, width));
      layers.add(new Relu());
      features = width;
    }
    budget.parameters(features, classes);
    layers.add(new Linear(features, classes).named("fc"));
    return new Sequential(input, Named.all(layers));
  }
}
