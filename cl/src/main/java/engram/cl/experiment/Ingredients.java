package engram.cl.experiment;

import engram.cl.memory.AppendAndCutBuffer;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.HerdingBuffer;
import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.Reservoir;
import engram.cl.memory.RingBuffer;
import engram.cl.memory.StreamBuffer;
import engram.cl.strategy.RehearsalKd;
import engram.cl.strategy.Strategy;
import engram.cl.stream.Batches;
import engram.cl.task.Task;
import engram.random.CounterRandom;
import java.util.Optional;

/**
 * What strategies of one run are made from.
 *
 * @param imageBytes bytes of one image
 * @param memoryName kind of memory that was asked for; empty for the strategy's own
 */
public record Ingredients(
    Settings settings, long seed, int imageBytes, Optional<String> memoryName) {

  /** The memory that was asked for, a balanced reservoir by default. */
  MemoryBuffer memory() {
    return memory("balanced");
  }

  /** The memory that was asked for, or that of the given kind. */
  MemoryBuffer memory(String usual) {
    String kind = memoryName.orElse(usual);
    return kind.equals("herding")
        ? new HerdingBuffer(settings.buffer(), imageBytes)
        : streamMemory(kind);
  }

  /** The memory that was asked for, if it can choose without a network. */
  StreamBuffer streamMemory() {
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
    boolean pretrained = settings.pretrainingEpochs() > 0;
    float alpha = settings.alpha();
    float temperature = settings.temperature();
    if (settings.preset() == Preset.SEED && memoryName.isEmpty()) {
      MemoryBuffer memory = new AppendAndCutBuffer(settings.buffer(), imageBytes);
      return new RehearsalKd(
          alpha,
          temperature,
          memory,
          task ->
              Batches.shuffled(task.train(), settings.batch(), seed, task.index(), 0).examples(0),
          pretrained);
    }
    return new RehearsalKd(alpha, temperature, memory(), Task::train, pretrained);
  }
}
