import engram.learn.api.Forgetting;

public class AccuracyMatrix implements Forgetting.AccuracyMatrix {
  @Override
  public double averageAccuracy(double[][] a) {
    double sum = 0;
    for (double accuracy : a[a.length - 1]) {
      sum += accuracy;
    }
    return sum / a.length;
  }

  @Override
  public double forgetting(double[][] a) {
    int last = a.length - 1;
    double sum = 0;
    for (int i = 0; i < last; i++) {
      double best = a[i][i];
      for (int t = i; t < last; t++) {
        best = Math.max(best, a[t][i]);
      }
      sum += best - a[last][i];
    }
    return last == 0 ? 0 : sum / last;
  }

  @Override
  public double backwardTransfer(double[][] a) {
    int last = a.length - 1;
    double sum = 0;
    for (int i = 0; i < last; i++) {
      sum += a[last][i] - a[i][i];
    }
    return last == 0 ? 0 : sum / last;
  }
}
