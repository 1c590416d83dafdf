package engram.nn.verify;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SketchTest {
  /** Two tensors that differ in all elements: the distance of their sketches is an estimate. */
  @Test
  void aSketchTellsTheDistanceOfTwoTensors() {
    float[] a = Drawn.values(1, "a", shape(10_000));
    float[] b = Drawn.values(1, "b", shape(10_000));
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    Sketch of = Sketch.of(a.length, i -> a[i]);
    double told = of.distance(Sketch.of(b.length, i -> b[i]));
    assertEquals(1, told / Math.sqrt(squares), 0.3);
  }
}
