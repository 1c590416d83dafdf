package engram.learn.api;

/** Chapter 1: where the elements of a tensor lie, and how large results are. */
public final class Shapes {
  private Shapes() {}

  /** Where an element lies in memory, and which one lies there. */
  public interface Offsets {
    /**
     * @param shape dimensions of a tensor, outermost first, one or more
     * @param index position on each axis, from 0
     * @return how many elements lie before it in memory, row by row
     */
    int offset(int[] shape, int[] index);

    /**
     * The other way round.
     *
     * @param offset 0 .. the number of elements - 1
     * @return position on each axis
     */
    int[] index(int[] shape, int offset);
  }

  /** How many places a window takes along one axis. */
  public interface Sizes {
    /**
     * @param size elements along the axis
     * @param kernel of the window
     * @param stride step from one place to the next
     * @param padding zeros before and also behind the axis
     * @return results along the axis
     */
    int convolution(int size, int kernel, int stride, int padding);

    /** The same without padding; elements at the end that fill no window are dropped. */
    int pool(int size, int kernel, int stride);
  }

  /** When a part of a tensor lies in one piece. */
  public interface View {
    /**
     * The part that has positions {@code start} to {@code start + length - 1} of one axis, and all
     * of the others.
     *
     * @return the offset of its first element if its elements follow each other in memory without a
     *     gap, in their order; -1 if they do not, so that they would have to be copied
     */
    int view(int[] shape, int axis, int start, int length);
  }
}
