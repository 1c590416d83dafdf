package engram.graph;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.graph.Graph.Place;
import engram.op.Affine;
import engram.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Tape tape = new Tape();

  @Test
  void aViewOfAViewLiesInTheRootOfBoth() {
    Tensor x = tape.input("x", shape(4, 3));
    Tensor rows = tape.slice("rows", x, 3, shape(2, 3));
    Tensor row = tape.slice("row", rows, 3, shape(3));
    Tensor y = tape.apply(new Affine(1, 0), row);
    Map<Tensor, Place> places = tape.graph().places();
    assertEquals(new Place(x, 0, 12), places.get(x));
    assertEquals(new Place(x, 3, 6), places.get(rows));
    assertEquals(new Place(x, 6, 3), places.get(row));
    assertEquals(new Place(y, 0, 3), places.get(y));
  }

  @Test
  void placesOverlapWhereTheyShareAnElementOfOneRoot() {
    Tensor x = tape.input("x", shape(12));
    Tensor other = tape.input("other", shape(12));
    Place middle = new Place(x, 4, 4);
    for (int from = 0; from <= 8; from++) {
      Place moved = new Place(x, from, 4);
      boolean shares = from > 0 && from < 8;
      assertEquals(shares, middle.overlaps(moved), "from " + from);
      assertEquals(shares, moved.overlaps(middle), "from " + from);
    }
    assertTrue(middle.overlaps(new Place(x, 0, 12)), "all around it");
    assertTrue(middle.overlaps(new Place(x, 5, 1)), "inside it");
    assertFalse(middle.overlaps(new Place(other, 4, 4)), "another root");
  }
}
