import engram.learn.api.Shapes;

public class Sizes implements Shapes.Sizes {
  @Override
  public int convolution(int size, int kernel, int stride, int padding) {
    return (size + 2 * padding - kernel) / stride + 1;
  }

  @Override
  public int pool(int size, int kernel, int stride) {
    return convolution(size, kernel, stride, 0);
  }
}
