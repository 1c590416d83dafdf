/**
 * An OpenCL device in use; all use of JOCL is in this room. {@code OpenClDevices} finds devices,
 * each an {@code OpenClDevice} with its limits. {@code Session} opens one and holds what lives on
 * it: {@code DeviceMemory} with its {@code OpenClBuffer}s ({@code Staging} writes without waiting),
 * {@code Programs} with their {@code ProgramCache}, and {@code Releases}, which gives back what
 * nobody holds. {@code LaunchBuilder} sets a kernel's arguments and range and makes a {@code
 * Launch}; one or several are a {@code DeviceKernel}. {@code FmaPeak} measures how much arithmetic
 * the device can do at most.
 */
package engram.backend.opencl.device;
