package engram.cl.settings;

import engram.nn.Sequential;
import engram.nn.init.Initialiser;
import java.util.Locale;

/** What convolutions and linear layers of a new network are drawn from. */
public enum FirstValues {
  /** As the network itself says. */
  OWN,
  /** As PyTorch draws Conv2d and Linear. */
  TORCH,
  /** Xavier-uniform weights, biases of zero. */
  XAVIER,
  /** Kaiming-normal weights for ReLUs, biases of zero. */
  KAIMING;

  /** The same layers with these first values. */
  public Sequential of(Sequential model) {
    return switch (this) {
      case OWN -> model;
      case TORCH ->
          model.initialisedBy(new Initialiser.TorchDefault(), new Initialiser.TorchDefault());
      case XAVIER -> model.initialisedBy(new Initialiser.XavierUniform(), Initialiser.zeros());
      case KAIMING -> model.initialisedBy(new Initialiser.KaimingNormal(0), Initialiser.zeros());
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
