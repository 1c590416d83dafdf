package engram.backend.opencl.cpu;

import engram.backend.opencl.device.OpenClDevice;

/**
 * How much of a result one work-item computes: as many accumulators as the registers of the device
 * hold beside the operands. Measured on the reference network and on square products.
 *
 * @param vector floats of a vector in the kernels
 * @param group work-items of a group: few on a CPU, where one thread works through a group
 * @param pixelsFirst whether neighbouring work-items take neighbouring pixels (the weights of one
 *     channel tile stay in a CPU's cache) or neighbouring channels (a GPU reads them together)
 * @param packedMatMul of a product whose matrices are both packed, which leaves addresses out
 */
record Tiles(
    int vector,
    int group,
    boolean pixelsFirst,
    MatMul matMul,
    MatMul packedMatMul,
    Winograd winograd,
    Linear linear,
    Conv conv,
    Conv pooledConv,
    WeightGradient weightGradient,
    int pooledWeightVectors) {

  /** {@code rows} rows x {@code vectors} vectors of columns; {@code group} tiles share columns. */
  record MatMul(int rows, int vectors, int group) {}

  /** {@code rows} x {@code columns} sums, each of vectors along the inner dimension. */
  record Linear(int rows, int columns) {}

  /** {@code rows x columns} pixels, {@code vectors} vectors of channels. */
  record Conv(int rows, int columns, int vectors) {}

  /** {@code rows} tiles of 2 x 2 pixels, {@code vectors} vectors of channels. */
  record Winograd(int rows, int vectors) {}

  /** {@code elements} of a row of the kernel, {@code vectors} vectors of channels. */
  record WeightGradient(int elements, int vectors) {}

  /** Tiles for a device. */
  static Tiles of(OpenClDevice device) {
    if (device.type() != OpenClDevice.Type.CPU) {
      return gpu();
    }
    int vector = device.cpuVector();
    return vector == 16
        ? cpu(vector, new MatMul(8, 3, 16), new Conv(2, 4, 2), new WeightGradient(12, 2), 18)
        : cpu(vector, new MatMul(6, 2, 16), new Conv(2, 2, 2), new WeightGradient(6, 2), 12);
  }

  /** What is given depends on the number of registers: 32 with AVX-512, 16 with AVX2. */
  private static Tiles cpu(
      int vector,
      MatMul packedMatMul,
      Conv pooledConv,
      WeightGradient weightGradient,
      int pooledWeightVectors) {
    return new Tiles(
        vector,
        8,
        true,
        new MatMul(6, 2, 16),
        packedMatMul,
        new Winograd(6, 2),
        new Linear(4, 2),
        new Conv(1, 4, 2),
        pooledConv,
        weightGradient,
        pooledWeightVectors);
  }

  private static Tiles gpu() {
    return new Tiles(
        4,
        64,
        false,
        new MatMul(4, 1, 64),
        new MatMul(4, 1, 64),
        new Winograd(4, 1),
        new Linear(2, 2),
        new Conv(1, 4, 1),
        new Conv(2, 2, 1),
        new WeightGradient(4, 1),
        4);
  }
}
