package engram.nn.model;

import engram.nn.Sequential;
import engram.nn.layer.Layer;
import engram.nn.layer.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What stands on layers whose number of features the data decides. */
final class Head {
  private Head() {}

  /**
   * Layers, and more behind them.
   *
   * @param stem layers that give [N, features]
   * @param layers given the number of features
   */
  @SafeVarargs
  static Sequential on(Sequential stem, IntFunction<? extends Layer>... layers) {
    int features = stem.outputShape(1).elements();
    List<Layer> all = new ArrayList<>(stem.layers());
    for (IntFunction<? extends Layer> layer : layers) {
      all.add(layer.apply(features));
    }
    return new Sequential(stem.input(), Named.all(all));
  }
}
