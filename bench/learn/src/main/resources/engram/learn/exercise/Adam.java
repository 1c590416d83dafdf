import engram.learn.api.Learning;
import engram.op.Values;

/** Adam: each parameter moves by about the rate, whatever the size of its gradient. */
public class Adam implements Learning.Adam {
  @Override
  public void step(
      Values p,
      Values g,
      Values m,
      Values v,
      long step,
      double rate,
      double beta1,
      double beta2,
      double epsilon) {
    // TODO change m, v and p
  }
}
