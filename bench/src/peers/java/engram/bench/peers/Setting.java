package engram.bench.peers;

import engram.bench.measure.MeasuredStep;
import engram.bench.measure.SampleImages;
import engram.nn.Sequential;
import engram.nn.model.Models;
import engram.tensor.Shape;
import java.util.Arrays;

/**
 * What all contenders of a process do, from its arguments.
 *
 * @param network by name or in words
 * @param input height, width, channels of an image
 * @param sgd with momentum and decay; else Adam
 * @param products whether matrix products follow
 * @param seconds for each contender
 */
record Setting(
    String network,
    Shape input,
    int classes,
    boolean sgd,
    boolean products,
    int batch,
    int threads,
    double seconds) {
  /** Of both optimisers. */
  static final double RATE = 1e-3;

  static final double MOMENTUM = 0.9;
  static final double DECAY = 5e-4;

  static Setting of(String... args) {
    int[] input = Arrays.stream(args[1].split("x")).mapToInt(Integer::parseInt).toArray();
    return new Setting(
        args[0],
        Shape.shape(input),
        Integer.parseInt(args[2]),
        args[3].equals("sgd"),
        args[4].equals("products"),
        Integer.parseInt(args[5]),
        Integer.parseInt(args[6]),
        Double.parseDouble(args[7]));
  }

  MeasuredStep step() {
    Sequential layers = Models.of(network, input, classes);
    return new MeasuredStep(layers, SampleImages.noise(layers), batch, false, true);
  }
}
