/**
 * Rehearsal memories: which few images of past tasks are kept, and how they come back. {@link
 * engram.cl.memory.MemoryBuffer} is what a strategy sees, {@link engram.cl.memory.Capacity} how
 * much it may hold and {@link engram.cl.memory.StoredImages} what is held, as it is or compressed.
 * Each buffer is one rule, with its paper: {@link engram.cl.memory.StreamBuffer}s choose by labels
 * and chance alone and can take images as they pass by; {@link engram.cl.memory.ExemplarBuffer}
 * chooses among all images of a task when it is done, in equal shares for each {@code Group}.
 * {@link engram.cl.memory.Replay} says how many images go with a batch, or that they join the
 * training set.
 */
package engram.cl.memory;
