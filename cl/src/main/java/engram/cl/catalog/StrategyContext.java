package engram.cl.catalog;

import engram.cl.memory.AppendAndCutBuffer;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.Capacity;
import engram.cl.memory.ExemplarBuffer;
import engram.cl.memory.ExemplarBuffer.Selection;
import engram.cl.memory.ExemplarBuffer.Sharing;
import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.Reservoir;
import engram.cl.memory.RingBuffer;
import engram.cl.settings.Preset;
import engram.cl.settings.Settings;
import engram.cl.strategy.RehearsalKd;
import engram.cl.strategy.Strategy;
import engram.random.CounterRandom;
import java.util.List;
import java.util.Locale;
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

  /** Memories that are filled when a task is done, from all its images. */
  private static final List<String> AT_THE_END =
      List.of("herding", "random", "first", "random-tasks");

  /** A hyper-parameter. */
  public float number(String name) {
    return (float) hyperParameters.number(name);
  }

  /** A hyper-parameter that counts something. */
  public int count(String name) {
    double value = hyperParameters.number(name);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "%s is %s, expected a whole number".formatted(name, value));
    }
    return (int) value;
  }

  /** A hyper-parameter that is a word. */
  public String word(String name) {
    return hyperParameters.word(name);
  }

  /** A hyper-parameter whose words are the constants of a type, written small. */
  <E extends Enum<E>> E word(String name, Class<E> type) {
    return Enum.valueOf(type, word(name).toUpperCase(Locale.ROOT));
  }

  /** A hyper-parameter that is on, 1, or off, 0. */
  public boolean flag(String name) {
    return word(name).equals("1");
  }

  private Capacity capacity() {
    return settings.rehearsal().capacity();
  }

  /** The memory that was asked for, a balanced reservoir by default. */
  public MemoryBuffer memory() {
    return memory("balanced");
  }

  /**
   * The memory that was asked for, or that of the given kind; online a balanced reservoir instead
   * of one that needs all images of a class at once.
   */
  public MemoryBuffer memory(String usual) {
    String asked = memoryName.orElse("");
    if (settings.protocol().online() && AT_THE_END.contains(asked)) {
      throw new IllegalArgumentException(
          "memory %s needs all images of a class at once, and online each is met once; choose @balanced, @reservoir or @ring"
              .formatted(asked));
    }
    return memoryOf(memoryName.orElse(settings.protocol().online() ? "balanced" : usual));
  }

  /**
   * The memory that was asked for, of those that choose without a network, for a strategy that
   * trains on nothing else.
   */
  public MemoryBuffer onlyMemory() {
    if (capacity().images() == 0) {
      throw new IllegalArgumentException(
          "the buffer is 0, and it trains on nothing else; give --buffer 1 or more");
    }
    return memoryOf(memoryName.orElse("balanced"));
  }

  private MemoryBuffer memoryOf(String kind) {
    return switch (kind) {
      case "reservoir" -> new Reservoir(total(kind), imageBytes, random("reservoir"));
      case "ring" -> new RingBuffer(capacity(), imageBytes);
      case "herding" -> exemplars(Selection.HERDING, Sharing.CLASSES);
      case "random" -> exemplars(Selection.RANDOM, Sharing.CLASSES);
      case "first" -> exemplars(Selection.FIRST, Sharing.CLASSES);
      case "random-tasks" -> {
        requireNotPerClass(kind);
        yield exemplars(Selection.RANDOM, Sharing.TASKS);
      }
      default -> new BalancedReservoir(capacity(), imageBytes, random("reservoir"));
    };
  }

  private MemoryBuffer exemplars(Selection selection, Sharing sharing) {
    return new ExemplarBuffer(capacity(), imageBytes, selection, sharing, random("exemplars"));
  }

  private CounterRandom random(String purpose) {
    return CounterRandom.of(seed, purpose);
  }

  private Capacity total(String kind) {
    if (capacity().unit() != Capacity.Unit.TOTAL) {
      throw new IllegalArgumentException(
          "memory %s knows no classes and no tasks; give --buffer N, or choose @balanced or @random"
              .formatted(kind));
    }
    return capacity();
  }

  private void requireNotPerClass(String kind) {
    if (capacity().unit() == Capacity.Unit.CLASS) {
      throw new IllegalArgumentException(
          "memory %s is shared by tasks, not by classes; give --buffer N or --buffer-per-task N"
              .formatted(kind));
    }
  }

  /** Rehearsal with distillation as the preset prescribes it. */
  Strategy rehearsalKd() {
    boolean asTheCourse =
        settings.protocol().preset() == Preset.COURSE
            && memoryName.isEmpty()
            && capacity().unit() == Capacity.Unit.TOTAL;
    MemoryBuffer memory =
        asTheCourse
            ? new AppendAndCutBuffer(capacity(), imageBytes, settings.training().batch())
            : memory();
    return new RehearsalKd(
        memory,
        settings.rehearsal().alpha(),
        settings.rehearsal().temperature(),
        settings.training().isFirstTaskKnown());
  }
}
