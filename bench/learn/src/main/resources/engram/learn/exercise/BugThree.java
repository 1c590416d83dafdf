import engram.learn.api.Loop;
import java.util.Arrays;

/** A training loop that has something wrong: repair it. The pixels are 0 to 255. */
public class BugThree implements Loop.Training {
  private static final int SIZE = 20;

  @Override
  public void train(Loop.Machine machine, float[][] pictures, int[] labels) {
    for (int epoch = 0; epoch < 8; epoch++) {
      for (int from = 0; from < pictures.length; from += SIZE) {
        float[][] somePictures = Arrays.copyOfRange(pictures, from, from + SIZE);
        machine.batch(somePictures, Arrays.copyOfRange(labels, from, from + SIZE));
        machine.zeroGradients();
        machine.forward();
        machine.backward();
        machine.update(0.1);
      }
    }
  }
}
