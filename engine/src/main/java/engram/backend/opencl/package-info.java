/**
 * Ops on any OpenCL 1.2 device. Rooms, each using only those before it: {@code device} (opening,
 * memory, programs, launches), {@code ops} (what is the same on every device), {@code cpu} and
 * {@code gpu} (the dense ops of each kind), and this one: {@link
 * engram.backend.opencl.OpenClBackend} binds an op to its kernels, {@code StepGroups} finds steps
 * that one kernel can do and {@code GroupBinder} binds those. The kernels themselves are OpenCL C,
 * in the module {@code kernels}.
 *
 * <p>How one convolution runs, here {@code FusedConv2d} with bias, 2 x 2 pooling and leaky ReLU:
 *
 * <ol>
 *   <li>{@code OpenClBackend.bind} puts all that follows the sums into an {@code Epilogue} and
 *       calls {@code DenseOps.conv2d}.
 *   <li>On a processor, {@code CpuDenseOps} asks {@code ConvLoop.of} for the loop that suits:
 *       {@code WinogradLoop} for 3 x 3 kernels with stride 1, else {@code DirectLoop}. Its {@code
 *       Halo} says how much zero padding the tiles need, so that no loop has a border. That makes
 *       two or three launches: {@code halo} copies the images (conv2d_prepare.cl), the weight is
 *       transformed or padded where it must be, and the loop itself (winograd_conv2d.cl, conv2d.cl)
 *       keeps a tile of sums in registers and ends with epilogue.h. {@code Tiles} says how large a
 *       tile is.
 *   <li>On a GPU, {@code GpuDenseOps} makes a {@code Gemm} of it: the matrix of patches, which is
 *       read from the image and never stored, times the weight. {@code GemmTiles} has the {@code
 *       GemmTile} for its kind and size, as {@code Tuner} measured it. One launch (gemm.cl).
 *   <li>{@code Session.kernel} takes the program from {@code Programs}, which compiles it once for
 *       each set of constants or takes it from {@code ProgramCache}; {@code LaunchBuilder} sets the
 *       arguments, once; {@code Launch.run} puts it into the queue, in every step.
 * </ol>
 *
 * <p>The weight gradient of a convolution is summed in parts, over blocks of images on a processor
 * ({@code WeightGradientOps}) and over slices of the sum on a GPU. {@code Parts} adds them, those
 * of all layers in one launch.
 */
package engram.backend.opencl;
