package engram.nn.train;

import engram.backend.Buffer;
import engram.backend.reference.ReferenceBackend;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.nn.Layout;
import engram.nn.Network;
import engram.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of a whole loss beside finite differences, parameter by parameter: (loss(p + h) -
 * loss(p - h)) / 2h with h = 1e-5, in double precision.
 */
public final class ObjectiveCheck {
  private static final double STEP = 1e-5;

  /** Elements of each parameter that are checked; larger ones are sampled. */
  private static final int SAMPLES = 60;

  private ObjectiveCheck() {}

  /** One element of one parameter. */
  public record Entry(String parameter, int index, double analytic, double numeric) {
    /** |analytic - numeric| / (1 + |analytic| + |numeric|). */
    public double error() {
      return Math.abs(analytic - numeric) / (1 + Math.abs(analytic) + Math.abs(numeric));
    }

    @Override
    public String toString() {
      return "%s, element %d: analytic %.9g, numeric %.9g"
          .formatted(parameter, index, analytic, numeric);
    }
  }

  /**
   * Compares both gradients of an objective on one batch. The network's parameters stay as they
   * are; what batch norm remembers does not.
   *
   * @param network on the reference backend, which has the digits
   * @throws IllegalArgumentException if it is on another backend
   */
  public static List<Entry> of(Network network, Objective objective, Examples batch) {
    if (!(network.parameters().buffer()
        instanceof ReferenceBuffer(double[] data, int offset, int elements))) {
      throw new IllegalArgumentException(
          "objective check: the network is on %s, expected the reference backend"
              .formatted(network.backend().name()));
    }
    Trainer trainer = new Trainer(network, objective, new Sgd(0));
    trainer.train(batch);
    double[] gradients = ReferenceBackend.read(trainer.optimiser().gradients());
    Buffer loss = trainer.step(batch.size()).values(StepTape.LOSS);
    List<Entry> entries = new ArrayList<>();
    for (Layout.Slot slot : network.parameters().layout().slots()) {
      int size = slot.spec().shape().elements();
      for (int i = 0; i < size; i += Math.max(1, size / SAMPLES)) {
        int at = offset + slot.offset() + i;
        double value = data[at];
        data[at] = value + STEP;
        double above = lossOf(trainer, batch, loss);
        data[at] = value - STEP;
        double below = lossOf(trainer, batch, loss);
        data[at] = value;
        double numeric = (above - below) / (2 * STEP);
        entries.add(new Entry(slot.spec().name(), i, gradients[slot.offset() + i], numeric));
      }
    }
    return entries;
  }

  private static double lossOf(Trainer trainer, Examples batch, Buffer loss) {
    trainer.train(batch);
    return ReferenceBackend.read(loss)[0];
  }
}
