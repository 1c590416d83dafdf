import engram.learn.api.Loop;
import java.util.Arrays;

/** A training loop that has something wrong: repair it. */
public class BugOne implements Loop.Training {
  @Override
  public void train(Loop.Machine machine, float[][] pictures, int[] labels) {
    int size = 20;
    for (int epoch = 0; epoch < 8; epoch++) {
      for (int from = 0; from < pictures.length; from += size) {
        float[][] somePictures = Arrays.copyOfRange(pictures, from, from + size);
        int[] someLabels = Arrays.copyOfRange(labels, from, from + size);
        machine.batch(somePictures, someLabels);
        machine.forward();
        machine.backward();
        machine.update(0.1);
      }
    }
  }
}
