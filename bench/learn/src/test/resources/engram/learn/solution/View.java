import engram.learn.api.Shapes;

public class View implements Shapes.View {
  @Override
  public int view(int[] shape, int axis, int start, int length) {
    int before = 1;
    for (int i = 0; i < axis; i++) {
      before *= shape[i];
    }
    int behind = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      behind *= shape[i];
    }
    return before == 1 || length == shape[axis] ? start * behind : -1;
  }
}
