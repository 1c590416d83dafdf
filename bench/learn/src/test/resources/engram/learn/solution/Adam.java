import engram.learn.api.Learning;
import engram.op.Values;

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
    double part1 = 1 - Math.pow(beta1, step);
    double part2 = 1 - Math.pow(beta2, step);
    for (int i = 0; i < p.size(); i++) {
      double gradient = g.get(i);
      m.set(i, beta1 * m.get(i) + (1 - beta1) * gradient);
      v.set(i, beta2 * v.get(i) + (1 - beta2) * gradient * gradient);
      double mean = m.get(i) / part1;
      double square = v.get(i) / part2;
      p.add(i, -rate * mean / (Math.sqrt(square) + epsilon));
    }
  }
}
