package engram.cl.catalog;

import engram.cl.memory.AppendAndCutBuffer;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.HerdingBuffer;
import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.Reservoir;
import engram.cl.memory.RingBuffer;
import engram.cl.memory.StreamBuffer;
import engram.cl.settings.Preset;
import engram.cl.settings.Settings;
import engram.cl.strategy.RehearsalKd;
import engram.cl.strategy.Strategy;
import engram.random.CounterRandom;
import java.util.Optional;

/**
 * What strategies of one run are made from.
 *
 * @param imageBytes bytes of one image
 * @param classes number of classes in all tasks together
 * @param memoryName kind of memory that was asked for; empty for the strategy's own
 * @param numbers of the strategy
 */
public record StrategyContext(
    Settings settings,
    long seed,
    int imageBytes,
    int classes,
    Optional<String> memoryName,
    HyperParameters numbers) {

  /** A number of the strategy. */
  float number(String name) {
    return (float) numbers.get(name);
  }

  /** A number of the strategy that counts something. */
  int count(String name) {
    double value = numbers.get(name);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "%s is %s, expected a whole number".formatted(name, value));
    }
    return (int) value;
  }

  /** The memory that was asked for, a balanced reservoir by default. */
  MemoryBuffer memory() {
    return memory("balanced");
  }

  /**
   * The memory that was asked for, or that of the given kind; online a balanced reservoir instead
   * of herding, which needs all images of a class at once.
   */
  MemoryBuffer memory(String usual) {
    if (settings.online() && memoryName.equals(Optional.of("herding"))) {
      throw new IllegalArgumentException(
          "memory herding needs all images of a class at once, and online each is met once;"
              + " choose @balanced, @reservoir or @ring");
    }
    String kind = memoryName.orElse(settings.online() ? "balanced" : usual);
    return kind.equals("herding")
        ? new HerdingBuffer(settings.buffer(), imageBytes)
        : streamMemory(kind);
  }

  /**
   * The memory that was asked for, if it can choose without a network, for a strategy that trains
   * on nothing else.
   */
  StreamBuffer onlyMemory() {
    if (settings.buffer() == 0) {
      throw new IllegalArgumentException(
          "the buffer is 0, and it trains on nothing else; give --buffer 1 or more");
    }
    return streamMemory(memoryName.orElse("balanced"));
  }

  private StreamBuffer streamMemory(String kind) {
    CounterRandom random = CounterRandom.of(seed, "reservoir");
    return switch (kind) {
      case "balanced" -> new BalancedReservoir(settings.buffer(), imageBytes, random);
      case "reservoir" -> new Reservoir(settings.buffer(), imageBytes, random);
      case "ring" -> new RingBuffer(settings.buffer(), imageBytes);
      default ->
          throw new IllegalArgumentException(
              "memory \"%s\" does not fit here; choose balanced, reservoir or ring"
                  .formatted(kind));
    };
  }

  /** Rehearsal with distillation as the preset prescribes it. */
  Strategy rehearsalKd() {
    MemoryBuffer memory =
        settings.preset() == Preset.SEED && memoryName.isEmpty()
            ? new AppendAndCutBuffer(settings.buffer(), imageBytes, settings.batch())
            : memory();
    return new RehearsalKd(
        memory, settings.alpha(), settings.temperature(), settings.pretrainingEpochs() > 0);
  }
}
