import engram.learn.api.Shapes;

public class Offsets implements Shapes.Offsets {
  @Override
  public int offset(int[] shape, int[] index) {
    int offset = 0;
    int distance = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      offset += index[axis] * distance;
      distance *= shape[axis];
    }
    return offset;
  }

  @Override
  public int[] index(int[] shape, int offset) {
    int[] index = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = offset % shape[axis];
      offset /= shape[axis];
    }
    return index;
  }
}
