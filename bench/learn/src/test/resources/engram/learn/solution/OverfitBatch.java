import engram.learn.api.Loop;

public class OverfitBatch implements Loop.Training {
  @Override
  public void train(Loop.Machine net, float[][] pictures, int[] labels) {
    net.batch(pictures, labels);
    while (net.forward() > 0.01) {
      net.zeroGradients();
      net.backward();
      net.update(0.2);
    }
  }
}
