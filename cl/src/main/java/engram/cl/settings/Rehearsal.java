package engram.cl.settings;

/**
 * The memory, and the distillation of rehearsal-kd.
 *
 * @param buffer images that the memory may hold
 * @param alpha weight of the cross-entropy beside the distillation, 0 to 1
 * @param temperature of the distillation, above 0
 */
public record Rehearsal(int buffer, float alpha, float temperature) {

  Rehearsal(Values v) {
    this(v.get(Options.BUFFER), v.get(Options.ALPHA), v.get(Options.TEMPERATURE));
  }
}
