import engram.learn.api.Remembering;
import engram.op.Values;

/**
 * logits and gradient are [N, K] with N = labels.length, stored is [M, K]. Rows 0 to fresh - 1 are
 * new; rows fresh to fresh + M - 1 have stored logits; the others have labels from memory.
 */
public class DerPlusPlus implements Remembering.DerPlusPlus {
  @Override
  public double loss(
      Values logits,
      int[] labels,
      int fresh,
      Values stored,
      double alpha,
      double beta,
      Values gradient) {
    return 0; // TODO and write each element of gradient
  }
}
