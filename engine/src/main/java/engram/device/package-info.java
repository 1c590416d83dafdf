/**
 * {@link engram.device.Devices} opens a backend by the name that a person gives, such as {@code
 * vector} or {@code opencl:1.0}, and says in a line what was chosen and why. Nothing falls back in
 * silence.
 */
package engram.device;
