import engram.learn.api.Loop;
import java.util.Random;

public class BugTwo implements Loop.Training {
  @Override
  public void train(Loop.Machine net, float[][] x, int[] y) {
    Random random = new Random(1);
    for (int turn = 0; turn < 8 * x.length / 20; turn++) {
      float[][] rows = new float[20][];
      int[] classes = new int[20];
      for (int i = 0; i < 20; i++) {
        int drawn = random.nextInt(x.length);
        rows[i] = x[drawn];
        classes[i] = y[drawn];
      }
      net.batch(rows, classes);
      net.zeroGradients();
      net.forward();
      net.backward();
      net.update(0.1);
    }
  }
}
