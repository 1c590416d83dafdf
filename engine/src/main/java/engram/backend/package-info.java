/**
 * What a place to compute must offer. A {@link engram.backend.Backend} allocates each {@link
 * engram.backend.Buffer} and binds an op and its {@link engram.backend.Operand}s to a {@link
 * engram.backend.Kernel}, which can then be run without allocating; a {@link engram.backend.Step}
 * is such an op with its operands where several are bound as one. The backends are in the packages
 * below: {@link engram.backend.reference} defines what is right, the others are fast.
 */
package engram.backend;
