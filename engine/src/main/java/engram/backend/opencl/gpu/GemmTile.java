package engram.backend.opencl.gpu;

import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How {@code gemm.cl} cuts a product: a work-group makes {@code groupRows x groupColumns} results,
 * {@code depth} steps of the sum at a time, each work-item {@code rows x columns} of them.
 */
public record GemmTile(int groupRows, int groupColumns, int depth, int rows, int columns) {
  /** No device has work-groups of a longer side; all sums below stay far within an int. */
  private static final int LONGEST = 1024;

  public GemmTile {
    IntStream.of(groupRows, groupColumns, depth, rows, columns)
        .filter(number -> number < 1 || number > LONGEST)
        .findAny()
        .ifPresent(
            number -> {
              throw new IllegalArgumentException(
                  "gemm: %s in a tile, expected 1 to %s".formatted(number, LONGEST));
            });
    int items = (groupRows / rows) * (groupColumns / columns);
    if (items == 0
        || rows % 4 != 0
        || columns % 4 != 0
        || groupRows % rows != 0
        || groupColumns % columns != 0
        || depth % 4 != 0
        || groupRows * depth % (4 * items) != 0
        || groupColumns * depth % (4 * items) != 0) {
      throw new IllegalArgumentException(
          "gemm: a tile %s x %s x %s, %s x %s for each work-item, cannot be shared out evenly"
              .formatted(groupRows, groupColumns, depth, rows, columns));
    }
  }

  /** Work-items of a group. */
  int items() {
    return (groupRows / rows) * (groupColumns / columns);
  }

  /** Whether the device allows a work-group of this tile. */
  public boolean fits(OpenClDevice device) {
    return items() <= device.workGroup() && localBytes() <= device.localBytes();
  }

  /**
   * @throws OpenClException if the device allows no work-group of this tile
   */
  public void requireFits(OpenClDevice device) {
    if (!fits(device)) {
      throw new OpenClException(
          ("opencl: %s cannot be used: the kernels for GPUs need work-groups of %s work-items with"
                  + " %s KiB of local memory, and it has %s with %s KiB.\n"
                  + "Choose another device: engram devices lists them.")
              .formatted(
                  device.name(),
                  items(),
                  (localBytes() + 1023) / 1024,
                  device.workGroup(),
                  device.localBytes() / 1024));
    }
  }

  /** The five numbers, which {@link #parse} reads. */
  String text() {
    return "%s %s %s %s %s".formatted(groupRows, groupColumns, depth, rows, columns);
  }

  /**
   * @throws IllegalArgumentException if the text holds no tile
   */
  static GemmTile parse(String text) {
    String[] numbers = text.split(" ", -1);
    if (numbers.length != 5) {
      throw new IllegalArgumentException("no tile: " + text);
    }
    int[] n = Stream.of(numbers).mapToInt(Integer::parseInt).toArray();
    return new GemmTile(n[0], n[1], n[2], n[3], n[4]);
  }

  /** Bytes of local memory of a group: two steps, whose rows are padded by four floats. */
  int localBytes() {
    return 2 * Float.BYTES * depth * (groupRows + 4 + groupColumns + 4);
  }
}
