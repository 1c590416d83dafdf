package engram.cl.stream;

import engram.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often a network is shown an image that it is measured on: as it is, and moved by a pixel. The
 * mean of its scores is the answer (test-time augmentation; Krizhevsky et al. 2012 for moved
 * images).
 */
public enum Views {
  /** The image as it is. */
  ONE(0),
  /** And one pixel up, down, left and right. */
  FIVE(1),
  /** And along the diagonals. */
  NINE(2);

  /** How an image is moved, in pixels. */
  record Move(int down, int right) {}

  private final List<Move> moves;

  /**
   * @param reach rows and columns that a move goes in all, at most
   */
  Views(int reach) {
    moves =
        IntStream.rangeClosed(-1, 1)
            .boxed()
            .flatMap(down -> IntStream.rangeClosed(-1, 1).mapToObj(right -> new Move(down, right)))
            .filter(move -> 1 <= length(move) && length(move) <= reach)
            .toList();
  }

  private static int length(Move move) {
    return Math.abs(move.down) + Math.abs(move.right);
  }

  /** Number of times that an image is shown. */
  public int count() {
    return 1 + moves.size();
  }

  /**
   * Moves images by the {@code n}th move; beyond the border the border goes on.
   *
   * @param n from 1 to {@link #count} - 1: 0 is the image as it is
   * @param pixels [images, height, width, channels], from the start
   * @param image [height, width, channels]
   * @param into takes the moved images, from its start; not {@code pixels}
   */
  public void move(int n, float[] pixels, int images, Shape image, float[] into) {
    Move move = moves.get(n - 1);
    int height = image.dim(0);
    int width = image.dim(1);
    int channels = image.dim(2);
    int inside = width - Math.abs(move.right);
    for (int row = 0; row < images * height; row++) {
      int y = row % height;
      int from = (row - y + Math.clamp(y - move.down, 0, height - 1)) * width * channels;
      int to = row * width * channels;
      int first = from + Math.max(0, -move.right) * channels;
      System.arraycopy(
          pixels, first, into, to + Math.max(0, move.right) * channels, inside * channels);
      if (move.right != 0) {
        int edge = move.right > 0 ? 0 : width - 1;
        System.arraycopy(pixels, from + edge * channels, into, to + edge * channels, channels);
      }
    }
  }

  @Override
  public String toString() {
    return String.valueOf(count());
  }
}
