/**
 * Matrix products and convolutions on GPUs: all of them are products through local memory. {@code
 * GpuDenseOps} says which product an op is, {@code Gemm} launches it, cut into a {@code GemmTile}
 * for each work-group; {@code GemmTiles} has one for each kind and size of product. Which ones:
 * {@code MeasuredTiles} reads them from {@code TileCache} or lets {@code Tuner} measure them.
 */
package engram.backend.opencl.gpu;
