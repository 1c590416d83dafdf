package engram.backend.vector.light;

import engram.backend.vector.run.HostBuffer;

/**
 * Sums over rows for the gradients of gamma and beta, part by part in float; the parts are added in
 * double, in order.
 */
final class PartSums {
  private final HostBuffer x;
  private final HostBuffer mean;
  private final int channels;
  private final int rowsPerPart;
  private final float[] gammas;
  private final float[] betas;

  PartSums(HostBuffer x, HostBuffer mean, int rowsPerPart) {
    this.x = x;
    this.mean = mean;
    this.rowsPerPart = rowsPerPart;
    channels = mean.elements();
    int parts = (rows() + rowsPerPart - 1) / rowsPerPart;
    gammas = new float[parts * channels];
    betas = new float[parts * channels];
  }

  int rows() {
    return x.elements() / channels;
  }

  /** Sums the part that begins with row {@code from}; its gradients begin at {@code dyAt}. */
  void of(int from, int to, float[] dy, int dyAt) {
    int part = from / rowsPerPart * channels;
    ColumnSums.sum(dy, dyAt, to - from, channels, betas, part);
    ColumnSums.products(
        x.data(),
        x.offset() + from * channels,
        dy,
        dyAt,
        to - from,
        channels,
        mean.data(),
        mean.offset(),
        gammas,
        part);
  }

  /** Adds the parts: dgamma, then dbeta. */
  void total(HostBuffer inverse, HostBuffer both) {
    for (int c = 0; c < channels; c++) {
      double gamma = 0;
      double beta = 0;
      for (int at = c; at < gammas.length; at += channels) {
        gamma += gammas[at];
        beta += betas[at];
      }
      float scale = inverse.data()[inverse.offset() + c];
      both.data()[both.offset() + c] = (float) (gamma * scale);
      both.data()[both.offset() + channels + c] = (float) beta;
    }
  }
}
