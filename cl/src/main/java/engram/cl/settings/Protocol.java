package engram.cl.settings;

/**
 * What is learnt when.
 *
 * @param preset protocol that the settings start from
 * @param tasks sizes of the tasks as a person writes them: {@code 5}, {@code 5x8}, {@code 20,10,13}
 * @param classOrder {@code given}, {@code shuffled} or class numbers with commas between them
 * @param online whether each image is met once: one epoch, no pre-training, and a memory is filled
 *     step by step
 * @param seed first seed
 * @param seeds number of runs, with seeds {@code seed}, {@code seed + 1}, ...
 */
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
