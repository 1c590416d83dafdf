import engram.learn.api.Loop;

/**
 * A training loop of your own: 97 % of new digits. The pixels are 0 to 255; the pictures lie in the
 * order of their classes.
 */
public class DigitLoop implements Loop.Training {
  @Override
  public void train(Loop.Machine machine, float[][] pictures, int[] labels) {
    // TODO
  }
}
