/**
 * Matrix products and convolutions on processors: no barrier, no local memory but as cache, a
 * work-item is a tile in registers ({@code Tiles}). {@code CpuDenseOps} comes first; {@code
 * MatMulOps} packs matrices into panels where they are read often; a convolution is a {@code
 * ConvLoop} ({@code DirectLoop} or {@code WinogradLoop}) over images with a {@code Halo} of zeros;
 * {@code WeightGradientOps} sums over blocks of images.
 */
package engram.backend.opencl.cpu;
