package engram.nn.verify;

import engram.backend.Backend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.io.Checkpoint;
import engram.nn.io.SafeTensors;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Named;
import engram.tensor.Shape;
import java.io.IOException;
import java.util.Map;

/** The reference network with tensors of a vector file, from which its sizes are told. */
final class ReferenceNetwork {
  private ReferenceNetwork() {}

  /**
   * The network with the given parameters.
   *
   * @param tensors as PyTorch names and arranges them, {@code conv1.weight} to {@code fc.bias}
   * @param image shape of one image [H, W, C]
   */
  static Network of(
      Map<String, SafeTensors.Entry> tensors, Shape image, float slope, Backend backend) {
    Sequential model =
        Sequential.of(
            image,
            convolution("conv1", tensors),
            new LeakyRelu(slope),
            new MaxPool2d(2),
            convolution("conv2", tensors),
            new LeakyRelu(slope),
            new MaxPool2d(2),
            convolution("conv3", tensors),
            new LeakyRelu(slope),
            new Flatten(),
            classifier(tensors));
    Network network = Network.create(model, backend, 0);
    try {
      Checkpoint.load(tensors, network, "the network");
    } catch (IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()));
    }
    return network;
  }

  private static Named convolution(String name, Map<String, SafeTensors.Entry> tensors) {
    Shape w = weight(name, tensors, 4);
    return new Conv2d(w.dim(1), w.dim(0), w.dim(2), w.dim(2) / 2).named(name);
  }

  private static Named classifier(Map<String, SafeTensors.Entry> tensors) {
    Shape w = weight("fc", tensors, 2);
    return new Linear(w.dim(1), w.dim(0)).named("fc");
  }

  private static Shape weight(String layer, Map<String, SafeTensors.Entry> tensors, int rank) {
    SafeTensors.Entry entry = tensors.get(layer + ".weight");
    if (entry == null || entry.shape().rank() != rank) {
      throw new IllegalArgumentException(
          "a network without %s.weight of rank %d: %s".formatted(layer, rank, tensors.keySet()));
    }
    return entry.shape();
  }
}
