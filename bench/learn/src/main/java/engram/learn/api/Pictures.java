package engram.learn.api;

import engram.op.Values;

/** Pictures: how they come out of a file and into a batch. */
public final class Pictures {
  private Pictures() {}

  /** Reads the file format of MNIST's pictures. */
  public interface Idx {
    /**
     * The header of a file of pictures.
     *
     * @return number of pictures, rows, columns
     * @throws IllegalArgumentException if it is no such file, too short or too long
     */
    int[] sizes(byte[] file);

    /** One pixel of a file that {@code sizes} has accepted, 0 (paper) to 255 (ink). */
    int pixel(byte[] file, int picture, int row, int column);
  }

  /** The order in which an epoch sees the pictures. */
  public interface Shuffle {
    /**
     * @param n how many pictures there are
     * @param epoch number of the walk through all of them, from 0
     * @return each of 0 to n - 1 once; the same whenever it is asked for the same n and epoch
     */
    int[] order(int n, long epoch, Draws draws);
  }

  /** Chance without a state: the same question has the same answer, whenever it is asked. */
  @FunctionalInterface
  public interface Draws {
    /**
     * One of 0, 1, ... bound - 1, each equally likely.
     *
     * @param epoch which row of random numbers
     * @param counter which number of that row, from 0: two counters have nothing to do with each
     *     other
     */
    int below(int bound, long epoch, int counter);
  }

  /** A picture moved by some pixels, and perhaps mirrored. */
  public interface Crop {
    /**
     * @param x [H, W, C]
     * @param down rows from the top of x to the top of the window, negative if that is above x
     * @param right columns from the left side of x to that of the window, may be negative
     * @param mirrored whether left and right of the window change places
     * @param y the result [H, W, C]
     */
    void apply(Values x, int down, int right, boolean mirrored, Values y);
  }
}
