import engram.learn.api.Loop;
import java.util.Arrays;

public class BugThree implements Loop.Training {
  @Override
  public void train(Loop.Machine net, float[][] x, int[] y) {
    float[][] small = new float[x.length][];
    for (int i = 0; i < x.length; i++) {
      small[i] = x[i].clone();
      for (int j = 0; j < small[i].length; j++) {
        small[i][j] /= 255;
      }
    }
    for (int round = 0; round < 8; round++) {
      for (int at = 0; at < x.length; at += 20) {
        net.batch(Arrays.copyOfRange(small, at, at + 20), Arrays.copyOfRange(y, at, at + 20));
        net.forward();
        net.zeroGradients();
        net.backward();
        net.update(0.1);
      }
    }
  }
}
