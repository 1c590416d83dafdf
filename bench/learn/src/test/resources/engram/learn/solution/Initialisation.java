import engram.learn.api.Learning;
import engram.op.Values;
import java.util.function.IntToDoubleFunction;

public class Initialisation implements Learning.Initialisation {
  @Override
  public void he(Values w, double slope, IntToDoubleFunction normal) {
    double in = w.size() / (double) w.dim(-1);
    double deviation = Math.sqrt(2 / ((1 + slope * slope) * in));
    for (int i = 0; i < w.size(); i++) {
      w.set(i, deviation * normal.applyAsDouble(i));
    }
  }

  @Override
  public void glorot(Values w, IntToDoubleFunction uniform) {
    double in = w.size() / (double) w.dim(-1);
    double out = w.size() / (double) w.dim(-2);
    double bound = Math.sqrt(6 / (in + out));
    for (int i = 0; i < w.size(); i++) {
      w.set(i, bound * (2 * uniform.applyAsDouble(i) - 1));
    }
  }
}
