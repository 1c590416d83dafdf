import engram.learn.api.Pictures;
import engram.op.Values;

/** A window of x as large as x itself, moved by some pixels, then mirrored or not. */
public class Crop implements Pictures.Crop {
  @Override
  public void apply(Values x, int down, int right, boolean mirrored, Values y) {
    // TODO write every number of y; what is outside of x is 0
  }
}
