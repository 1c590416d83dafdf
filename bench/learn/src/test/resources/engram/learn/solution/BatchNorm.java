import engram.learn.api.Learning;
import engram.op.Values;

public class BatchNorm implements Learning.BatchNorm {
  @Override
  public void train(
      Values x,
      Values gamma,
      Values beta,
      Values runningMean,
      Values runningVariance,
      double momentum,
      double eps,
      Values y,
      Values mean,
      Values inverse) {
    int channels = x.dim(-1);
    int rows = x.size() / channels;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += x.get(r * channels + c);
      }
      double centre = sum / rows;
      double squares = 0;
      for (int r = 0; r < rows; r++) {
        double distance = x.get(r * channels + c) - centre;
        squares += distance * distance;
      }
      mean.set(c, centre);
      inverse.set(c, 1 / Math.sqrt(squares / rows + eps));
      normalise(x, c, centre, inverse.get(c), gamma, beta, y);
      runningMean.set(c, (1 - momentum) * runningMean.get(c) + momentum * centre);
      double unbiased = squares / (rows - 1);
      runningVariance.set(c, (1 - momentum) * runningVariance.get(c) + momentum * unbiased);
    }
  }

  @Override
  public void use(
      Values x,
      Values gamma,
      Values beta,
      Values runningMean,
      Values runningVariance,
      double eps,
      Values y) {
    for (int c = 0; c < x.dim(-1); c++) {
      double scale = 1 / Math.sqrt(runningVariance.get(c) + eps);
      normalise(x, c, runningMean.get(c), scale, gamma, beta, y);
    }
  }

  private static void normalise(
      Values x, int c, double centre, double scale, Values gamma, Values beta, Values y) {
    for (int i = c; i < x.size(); i += x.dim(-1)) {
      y.set(i, (x.get(i) - centre) * scale * gamma.get(c) + beta.get(c));
    }
  }
}
