package engram.cl.settings;

/** The memory, and the distillation of rehearsal-kd. */
public record Rehearsal(int buffer, float alpha, float temperature) {

  Rehearsal(Values v) {
    this(v.get(Options.BUFFER), v.get(Options.ALPHA), v.get(Options.TEMPERATURE));
  }
}
