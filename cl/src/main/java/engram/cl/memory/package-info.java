/**
 * Rehearsal memories: which few images of past tasks are kept. {@link
 * engram.cl.memory.MemoryBuffer} is what a strategy sees and {@link engram.cl.memory.StoredImages}
 * what is held; each buffer is one rule, with its paper. Those that choose by labels and chance
 * alone are {@link engram.cl.memory.StreamBuffer}s and can take images as they pass by.
 */
package engram.cl.memory;
