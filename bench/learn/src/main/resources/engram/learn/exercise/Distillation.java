import engram.learn.api.Remembering;
import engram.op.Values;

/**
 * logits and gradient are [N, K], teacher is [N, M]. N is logits.dim(0), K is logits.dim(1), M is
 * teacher.dim(1). logits.row(i).get(k) reads one number, gradient.row(i).set(k, value) writes one.
 */
public class Distillation implements Remembering.Distillation {
  @Override
  public double loss(Values logits, Values teacher, double temperature, Values gradient) {
    return 0; // TODO and write each element of gradient
  }
}
