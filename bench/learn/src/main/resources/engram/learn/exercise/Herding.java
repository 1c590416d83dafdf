import engram.learn.api.Remembering;
import engram.op.Values;

/**
 * features is [N, D]: features.dim(0) rows of features.dim(1) numbers; features.row(i).get(d) is
 * one of them. Returns numbers of rows.
 */
public class Herding implements Remembering.Herding {
  @Override
  public int[] choose(Values features, int count) {
    int[] rows = new int[count];
    // TODO
    return rows;
  }
}
