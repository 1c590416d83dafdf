package engram.backend.vector.light;

import engram.op.Activation;
import engram.op.LeakyRelu;
import engram.op.Relu;

/** A ReLU, leaky or not, on a piece of a tensor that another loop has just left in the cache. */
record Activations(Loops loops, Activation activation) {

  /** {@code y = activation(y)}. */
  void apply(float[] y, int at, int count) {
    switch (activation) {
      case Relu _ -> loops.relu(y, at, y, at, count);
      case LeakyRelu leaky -> loops.leakyRelu(leaky.slope(), y, at, y, at, count);
    }
  }

  /** {@code z = activation'(z) dy}. */
  void gradient(float[] z, int at, float[] dy, int dyAt, int count) {
    switch (activation) {
      case Relu _ -> loops.reluGradient(z, at, dy, dyAt, z, at, count);
      case LeakyRelu leaky -> loops.leakyReluGradient(leaky.slope(), z, at, dy, dyAt, z, at, count);
    }
  }
}
