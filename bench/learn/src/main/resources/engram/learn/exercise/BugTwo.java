import engram.learn.api.Loop;
import java.util.Random;

/** A training loop that has something wrong: repair it. */
public class BugTwo implements Loop.Training {
  private static final int SIZE = 20;

  @Override
  public void train(Loop.Machine machine, float[][] pictures, int[] labels) {
    Random dice = new Random(1);
    for (int epoch = 0; epoch < 8; epoch++) {
      for (int turn = 0; turn < pictures.length / SIZE; turn++) {
        float[][] somePictures = new float[SIZE][];
        int[] someLabels = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
          somePictures[i] = pictures[dice.nextInt(pictures.length)];
          someLabels[i] = labels[dice.nextInt(labels.length)];
        }
        machine.batch(somePictures, someLabels);
        machine.forward();
        machine.zeroGradients();
        machine.backward();
        machine.update(0.1);
      }
    }
  }
}
