package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;

/**
 * Experience replay: cross-entropy over new images and as many from memory (Ratcliff 1990; Chaudhry
 * et al. 2019, "On tiny episodic memories").
 */
public final class ExperienceReplay extends Rehearsal {
  public ExperienceReplay(MemoryBuffer memory) {
    super(memory);
  }
}
