/**
 * The ops that run the same way on every device, a class for each kind: {@code ElementwiseOps},
 * {@code LayoutOps}, {@code RowOps}, {@code ReduceOps}, {@code PoolOps}, {@code BatchNormOps},
 * {@code LossOps}, {@code OptimizerOps}. Each method binds operands to kernels of one file in the
 * module {@code kernels} and returns what is to be launched.
 *
 * <p>And what the dense ops of both kinds of devices have in common: {@code DenseOps} says what
 * they compute, {@code Epilogue} what follows their sums, {@code OutputGradient} what a
 * convolution's gradients begin with, {@code Parts} how sums that were cut are added.
 */
package engram.backend.opencl.ops;
