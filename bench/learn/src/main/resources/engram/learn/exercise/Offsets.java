import engram.learn.api.Shapes;

/** Where the elements of a tensor lie: row by row, the last axis dense. */
public class Offsets implements Shapes.Offsets {
  @Override
  public int offset(int[] shape, int[] index) {
    return 0; // TODO
  }

  @Override
  public int[] index(int[] shape, int offset) {
    return new int[shape.length]; // TODO
  }
}
