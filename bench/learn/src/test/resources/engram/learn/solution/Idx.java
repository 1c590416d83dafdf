import engram.learn.api.Pictures;

public class Idx implements Pictures.Idx {
  private static final int HEADER = 16;

  @Override
  public int[] sizes(byte[] file) {
    if (file.length < HEADER) {
      throw new IllegalArgumentException("the file ends within its header");
    }
    if (number(file, 0) != 0x803) {
      throw new IllegalArgumentException("no file of pictures: wrong magic number");
    }
    int[] sizes = {number(file, 4), number(file, 8), number(file, 12)};
    long bytes = HEADER + (long) sizes[0] * sizes[1] * sizes[2];
    if (file.length != bytes) {
      throw new IllegalArgumentException(file.length + " bytes, expected " + bytes);
    }
    return sizes;
  }

  @Override
  public int pixel(byte[] file, int picture, int row, int column) {
    int at = (picture * number(file, 8) + row) * number(file, 12) + column;
    return file[HEADER + at] & 0xff;
  }

  private static int number(byte[] file, int at) {
    int number = 0;
    for (int i = 0; i < 4; i++) {
      number = number * 256 + (file[at + i] & 0xff);
    }
    return number;
  }
}
