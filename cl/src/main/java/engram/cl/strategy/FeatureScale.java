package engram.cl.strategy;

import engram.cl.memory.Herding;
import java.util.Arrays;

/** How features are scaled before they are compared. */
enum FeatureScale {
  /** To length one. */
  UNIT {
    @Override
    float[] apply(float[] features) {
      return Herding.normalised(features);
    }
  },

  /**
   * Each value to {@code sign(x) sqrt |x|}, then all to length one: few large values, as ReLUs
   * leave them, no longer outvote the others (power normalisation, Perronnin et al. 2010).
   */
  ROOT {
    @Override
    float[] apply(float[] features) {
      float[] roots = new float[features.length];
      for (int i = 0; i < roots.length; i++) {
        roots[i] = Math.copySign((float) Math.sqrt(Math.abs(features[i])), features[i]);
      }
      return Herding.normalised(roots);
    }
  };

  /** A scaled copy of the features of one image. */
  abstract float[] apply(float[] features);

  /** A scaled copy of the features of images, row by row. */
  float[][] apply(float[][] features) {
    return Arrays.stream(features).map(this::apply).toArray(float[][]::new);
  }
}
