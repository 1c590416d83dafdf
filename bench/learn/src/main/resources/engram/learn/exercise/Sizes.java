import engram.learn.api.Shapes;

/** How many places a window takes along one axis. */
public class Sizes implements Shapes.Sizes {
  @Override
  public int convolution(int size, int kernel, int stride, int padding) {
    return 0; // TODO
  }

  @Override
  public int pool(int size, int kernel, int stride) {
    return 0; // TODO
  }
}
