import engram.learn.api.Loop;
import java.util.Random;

public class DigitLoop implements Loop.Training {
  private static final int SIZE = 32;

  @Override
  public void train(Loop.Machine net, float[][] x, int[] y) {
    for (float[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= 255;
      }
    }
    Random random = new Random(1);
    int epochs = 8;
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(x, y, random);
      double rate = epoch < epochs - 2 ? 0.15 : 0.03;
      for (int at = 0; at + SIZE <= x.length; at += SIZE) {
        float[][] rows = new float[SIZE][];
        int[] classes = new int[SIZE];
        System.arraycopy(x, at, rows, 0, SIZE);
        System.arraycopy(y, at, classes, 0, SIZE);
        net.batch(rows, classes);
        net.zeroGradients();
        net.forward();
        net.backward();
        net.update(rate);
      }
    }
  }

  private static void shuffle(float[][] x, int[] y, Random random) {
    for (int i = y.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float[] row = x[i];
      x[i] = x[j];
      x[j] = row;
      int label = y[i];
      y[i] = y[j];
      y[j] = label;
    }
  }
}
