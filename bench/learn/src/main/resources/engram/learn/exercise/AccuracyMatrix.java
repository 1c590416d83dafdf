import engram.learn.api.Forgetting;

/**
 * a[t][i] is the accuracy on task i after training on task t, 0 to 1; row t has t + 1 numbers.
 * a.length is the number of tasks, and the last row is a[a.length - 1].
 */
public class AccuracyMatrix implements Forgetting.AccuracyMatrix {
  @Override
  public double averageAccuracy(double[][] a) {
    return 0; // TODO
  }

  @Override
  public double forgetting(double[][] a) {
    return 0; // TODO
  }

  @Override
  public double backwardTransfer(double[][] a) {
    return 0; // TODO
  }
}
