import engram.learn.api.Loop;
import java.util.Arrays;

public class BugOne implements Loop.Training {
  @Override
  public void train(Loop.Machine net, float[][] x, int[] y) {
    for (int round = 0; round < 8; round++) {
      for (int at = 0; at < x.length; at += 20) {
        net.batch(Arrays.copyOfRange(x, at, at + 20), Arrays.copyOfRange(y, at, at + 20));
        net.forward();
        net.zeroGradients();
        net.backward();
        net.update(0.1);
      }
    }
  }
}
