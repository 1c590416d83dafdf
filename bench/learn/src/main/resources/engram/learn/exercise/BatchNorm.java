import engram.learn.api.Learning;
import engram.op.Values;

/**
 * Batch normalisation: each channel gets mean beta and deviation gamma.
 *
 * <p>Element [r, c] of x lies at r * channels + c, whatever axes the rows are made of.
 */
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
    // TODO write y, mean and inverse, change runningMean and runningVariance
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
    // TODO write y
  }
}
