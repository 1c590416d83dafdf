package engram.cl.settings;

/** What is learnt when, with which seeds. */
public record Protocol(
    Preset preset, String tasks, String classOrder, boolean online, long seed, int seeds) {

  Protocol(Values v) {
    this(
        v.get(Options.PRESET),
        v.get(Options.TASKS),
        v.get(Options.CLASS_ORDER),
        v.get(Options.ONLINE),
        v.get(Options.SEED),
        v.get(Options.SEEDS));
  }
}
