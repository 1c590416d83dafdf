/**
 * Kernels of other people on our bench: a {@link engram.bench.kernel.KernelForm} says which plain
 * method an op is asked for by, a {@link engram.bench.kernel.UserKernel} is such a method of a Java
 * file or a kernel of an OpenCL file, {@link engram.bench.kernel.KernelCheck} holds it to the
 * definition on every declared case, {@link engram.bench.kernel.KernelBenchmark} times it.
 */
package engram.bench.kernel;
