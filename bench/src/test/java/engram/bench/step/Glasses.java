package engram.bench.step;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.bench.measure.SampleImages;
import engram.cl.plugin.Plugins;
import engram.inspect.Profiler;
import engram.nn.Sequential;
import engram.nn.train.TrainingStep;
import java.util.List;
import java.util.Optional;

/** A step of a small convolutional network, whole. */
final class Glasses {
  private static final String NETWORK =
      "conv 6 5 pad 2, leaky-relu 0.01, pool 2, conv 7 3 pad 1, leaky-relu 0.1, flatten,"
          + " classifier";

  private Glasses() {}

  static TrainingStep step(Backend backend, boolean fusion) {
    Sequential layers = Plugins.NONE.network(NETWORK, shape(8, 8, 3), 5);
    return new MeasuredStep(layers, SampleImages.noise(layers), 3, false, fusion).training(backend);
  }

  static Glass glass(Backend backend, boolean fusion) {
    return Glass.of("a small network", List.of(), step(backend, fusion));
  }

  static Stages stages(Glass glass, Packed packed, List<Stages.Against> against) {
    return StagesOf.stages(
        glass,
        Profiler.profile(glass.plan(), 0, 1),
        Optional.empty(),
        Differences.of(glass.recording(), glass.run().before(), packed.keptOf(glass.run())),
        against);
  }
}
