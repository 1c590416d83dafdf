import engram.learn.api.Remembering;
import engram.op.Values;

/**
 * logits and gradient are [N, K]: logits.row(i).get(k) reads one number, gradient.row(i).set(k,
 * value) writes one. N is labels.length, K is logits.dim(1).
 */
public class ExperienceReplay implements Remembering.ExperienceReplay {
  @Override
  public double loss(Values logits, int[] labels, int fresh, Values gradient) {
    return 0; // TODO and write each element of gradient
  }
}
