package engram.bench.track;

import engram.bench.record.Origin;
import engram.bench.record.RunFiles;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One strategy with one seed, as trackers see it: curves of several lie over each other there.
 *
 * @param id eight random letters and digits, unlike those of any other run
 * @param name such as {@code rehearsal-kd_seed1}; fit for a file name
 * @param group name of the run folder, which all strategies and seeds of a run share
 * @param strategy name of the strategy
 * @param started when it began
 * @param origin revision of the program, machine
 * @param config settings by name: numbers, texts, flags or lists
 */
record TrackedRun(
    String id,
    String name,
    String group,
    String strategy,
    Instant started,
    Origin origin,
    Map<String, Object> config) {

  private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 8;

  TrackedRun {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config)); // in the order given
  }

  /** A run with an id of its own, that begins now. */
  static TrackedRun of(
      String strategy, long seed, String group, Origin origin, Map<String, ?> settings) {
    Map<String, Object> config = new LinkedHashMap<>(settings);
    config.remove("strategies");
    config.remove("seeds");
    config.put("strategy", strategy);
    config.put("seed", seed);
    return new TrackedRun(
        newId(), RunFiles.name(strategy, seed), group, strategy, Instant.now(), origin, config);
  }

  private static String newId() {
    StringBuilder id = new StringBuilder();
    new SecureRandom()
        .ints(ID_LENGTH, 0, ID_CHARACTERS.length())
        .forEach(i -> id.append(ID_CHARACTERS.charAt(i)));
    return id.toString();
  }
}
