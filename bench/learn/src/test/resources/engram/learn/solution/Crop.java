import engram.learn.api.Pictures;
import engram.op.Values;

public class Crop implements Pictures.Crop {
  @Override
  public void apply(Values x, int down, int right, boolean mirrored, Values y) {
    int columns = x.dim(1);
    int channels = x.dim(2);
    y.fill(0);
    for (int at = 0; at < y.size(); at++) {
      int row = at / channels / columns + down;
      int seen = at / channels % columns;
      int column = (mirrored ? columns - 1 - seen : seen) + right;
      if (row >= 0 && row < x.dim(0) && column >= 0 && column < columns) {
        y.set(at, x.get((row * columns + column) * channels + at % channels));
      }
    }
  }
}
