import engram.learn.api.Remembering;
import engram.op.Values;

/**
 * weight and aligned are [K, D], a row for each class: weight.row(k).get(d) reads,
 * aligned.row(k).set(d, value) writes. Rows 0 to old - 1 are of old classes.
 */
public class WeightAligning implements Remembering.WeightAligning {
  @Override
  public void align(Values weight, int old, Values aligned) {
    // TODO write each element of aligned
  }
}
