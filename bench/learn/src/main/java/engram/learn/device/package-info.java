/**
 * Chapter 10: kernels in OpenCL C, run on PoCL or a GPU. Where there is no OpenCL device nothing is
 * done, and nothing passes. {@link engram.learn.device.KernelRun} puts operands between guards, so
 * that a write beyond the end is told.
 */
package engram.learn.device;
