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
 * What a strategy of one run is made from.
 *
 * @param imageBytes bytes of one image
 * @param classes number of classes in all tasks together
 * @param memoryName kind of memory that was asked for; empty for the strategy's own
 * @param hyperParameters of the strategy
 */
public record StrategyContext(
    Settings settings,
    long seed,
    int imageBytes,
    int classes,
    Optional<String> memoryName,
    HyperParameters hyperParameters) {

  /** A hyper-parameter. */
  public float number(String name) {
    return (float) hyperParameters.get(name);
  }

  /** A hyper-parameter that counts something. */
  public int count(String name) {
    double value = hyperParameters.get(name);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "%s is %s, expected a whole number".formatted(name, value));
    }
    return (int) value;
  }

  private int buffer() {
    return settings.rehearsal().buffer();
  }

  /** The memory that was asked for, a balanced reservoir by default. */
  public MemoryBuffer memory() {
    return memory("balanced");
  }

  /**
   * The memory that was asked for, or that of the given kind; online a balanced reservoir instead
   * of herding, which needs all images of a class at once.
   */
  public MemoryBuffer memory(String usual) {
    if (settings.protocol().online() && memoryName.equals(Optional.of("herding"))) {
      throw new IllegalArgumentException(
          "memory herding needs all images of a class at once, and online each is met once;"
              + " choose @balanced, @reservoir or @ring");
    }
    String kind = memoryName.orElse(settings.protocol().online() ? "balanced" : usual);
    return kind.equals("herding") ? new HerdingBuffer(buffer(), imageBytes) : streamMemory(kind);
  }

  /**
   * The memory that was asked for, if it can choose without a network, for a strategy that trains
   * on nothing else.
   */
  public StreamBuffer onlyMemory() {
    if (buffer() == 0) {
      throw new IllegalArgumentException(
          "the buffer is 0, and it trains on nothing else; give --buffer 1 or more");
    }
    return streamMemory(memoryName.orElse("balanced"));
  }

  private StreamBuffer streamMemory(String kind) {
    CounterRandom random = CounterRandom.of(seed, "reservoir");
    return switch (kind) {
      case "reservoir" -> new Reservoir(buffer(), imageBytes, random);
      case "ring" -> new RingBuffer(buffer(), imageBytes);
      default -> new BalancedReservoir(buffer(), imageBytes, random);
    };
  }

  /** Rehearsal with distillation as the preset prescribes it. */
  Strategy rehearsalKd() {
    MemoryBuffer memory =
        settings.protocol().preset() == Preset.COURSE && memoryName.isEmpty()
            ? new AppendAndCutBuffer(buffer(), imageBytes, settings.training().batch())
            : memory();
    return new RehearsalKd(
        memory,
        settings.rehearsal().alpha(),
        settings.rehearsal().temperature(),
        settings.training().pretrainingEpochs() > 0);
  }
}
