package engram.cl.catalog;

import engram.base.Excerpt;
import engram.cl.settings.Choice;
import engram.cl.strategy.Strategy;
import engram.cl.strategy.WithDiscriminant;
import engram.cl.strategy.WithNearestMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strategy as a person names it: {@code NAME[_PARAMETER=VALUE...][@MEMORY][+HEAD]}, such as
 * {@code er}, {@code er@ring} or {@code der++_alpha=0.2_beta=1@herding+nme}. All of it may stand in
 * a file name.
 *
 * @param name of the strategy
 * @param hyperParameters that are set, as texts by their names
 * @param memory one of {@link #MEMORIES}; empty for the strategy's own
 * @param head one of {@link #HEADS}; empty for the strategy's own
 */
record StrategySpec(
    String name,
    SequencedMap<String, String> hyperParameters,
    Optional<String> memory,
    Optional<String> head) {
  /** A name may end in ++, as der++ does. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>[a-z0-9-]+(\\+\\+)?)(?<parameters>(_[a-z0-9-]+=[^_+@/\\\\]+)*)"
              + "(@(?<memory>[^+@]+))?(\\+(?<head>[^+@]+))?");

  /** Kinds of memory. */
  static final List<String> MEMORIES =
      List.of("balanced", "reservoir", "ring", "herding", "random", "first", "random-tasks");

  /** Heads that go with any strategy. */
  static final List<String> HEADS = List.of("nme", "ncm", "lda");

  /**
   * Reads a name; what does not have the form is the name of a strategy that there is not.
   *
   * @throws IllegalArgumentException if it asks for a memory or a head that there is not
   */
  static StrategySpec parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return new StrategySpec(text, new LinkedHashMap<>(), Optional.empty(), Optional.empty());
    }
    return new StrategySpec(
        parts.group("name"),
        assignments(text, parts.group("parameters")),
        Optional.ofNullable(parts.group("memory")).map(m -> known(text, "memory", m, MEMORIES)),
        Optional.ofNullable(parts.group("head")).map(h -> known(text, "head", h, HEADS)));
  }

  private static SequencedMap<String, String> assignments(String spec, String text) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (String assignment : text.isEmpty() ? new String[0] : text.substring(1).split("_")) {
      int equals = assignment.indexOf('=');
      String name = assignment.substring(0, equals);
      if (values.put(name, assignment.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "strategy \"%s\": %s is given twice".formatted(Excerpt.of(spec), Excerpt.of(name)));
      }
    }
    return values;
  }

  private static String known(String text, String kind, String name, List<String> names) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "strategy \"%s\": %s"
              .formatted(Excerpt.of(text), Choice.unknown(kind, name, names).getMessage()));
    }
    return name;
  }

  /**
   * Fails when the strategy cannot have this memory or head.
   *
   * @param buffer images that the memory may hold
   */
  void requireFits(StrategyCatalog.Entry entry, int buffer) {
    List<String> memories = entry.memories();
    boolean meansOfImages = !head.orElse("ncm").equals("ncm");
    if (memory.isPresent() && !memories.contains(memory.get())) {
      throw new IllegalArgumentException(
          memories.isEmpty()
              ? "%s has no memory; leave out @%s".formatted(name, memory.get())
              : "%s cannot use memory %s; choose from %s"
                  .formatted(name, memory.get(), String.join(", ", memories)));
    }
    if (meansOfImages && memories.isEmpty()) {
      throw new IllegalArgumentException(
          name
              + " keeps no images whose mean could be taken; use +ncm, the mean of a class when it"
              + " was learnt");
    }
    if (meansOfImages && buffer == 0) {
      throw new IllegalArgumentException(
          "the memory holds no image whose mean could be taken; give --buffer 1 or more, or use"
              + " +ncm");
    }
  }

  /** The strategy with the head that is asked for. */
  Strategy applyTo(Strategy strategy) {
    return switch (head.orElse("")) {
      case "nme" -> new WithNearestMean(strategy, WithNearestMean.Means.OF_EXEMPLARS);
      case "lda" -> new WithDiscriminant(strategy);
      case "ncm" -> new WithNearestMean(strategy, WithNearestMean.Means.OF_CLASSES);
      default -> strategy;
    };
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    hyperParameters.forEach(
        (parameter, value) -> text.append('_').append(parameter).append('=').append(value));
    memory.ifPresent(m -> text.append('@').append(m));
    head.ifPresent(h -> text.append('+').append(h));
    return text.toString();
  }
}
