package engram.backend.vector.conv;

import java.util.Locale;

/** A way to compute a convolution or a gradient of one. */
public enum ConvAlgorithm {
  /** A product of the patches with the weights, as the sum is defined: {@link PatchSum}. */
  PATCHES,
  /** The same where few channels are woven so that a whole patch lies in a row. */
  STRIPS,
  /** A strided input gradient as dense ones, a product of patches each: {@link PhaseSum}. */
  PHASES,
  /** An input gradient from the maxima of a pooling alone: {@link ScatterInputGradient}. */
  SCATTER,
  /** A weight gradient as it is defined: {@link Conv2dWeightGradient}. */
  OUTER_PRODUCTS,
  /** Winograd's F(2 x 2, 3 x 3): {@link WinogradSum}, {@link WinogradWeightGradient}. */
  WINOGRAD;

  /** The name as people read it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
