/**
 * Ops on any OpenCL 1.2 device. {@code OpenClDevices} finds devices, {@code OpenClBackend} binds
 * ops; the kernels themselves are OpenCL C, in the module {@code kernels}. All use of JOCL is in
 * this package.
 */
package engram.backend.opencl;
