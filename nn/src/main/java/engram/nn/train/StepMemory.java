package engram.nn.train;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.optim.Optimiser;
import engram.op.Op;
import java.util.List;
import java.util.Objects;

/**
 * Memory that training with cross-entropy takes, from a plan of its step that is made without
 * storage.
 *
 * @param values bytes of intermediate values, which share space where they are never alive together
 * @param kept bytes of what stays from step to step: parameters, running statistics, gradients,
 *     what the optimiser remembers, and the batch
 */
public record StepMemory(long values, long kept) {
  private static final long BYTES = 4;

  /**
   * What Java itself takes beside the numbers: the runtime and its compiler, the young generation,
   * working memory of the kernels. Fitted to networks of 11 to 419 MiB (bench/SPEED.md); one of a
   * few MiB takes a third less.
   */
  private static final long JAVA = 300L << 20;

  /** The collector's tables, and room that it keeps free, as a share of the numbers. */
  private static final double COLLECTOR = 0.1;

  /** Plans a step of batches of {@code batch} images with ops fused. */
  public static StepMemory of(Sequential model, Optimiser optimiser, int batch) {
    try (Counter counter = new Counter()) {
      Trainer trainer =
          new Trainer(Network.zeros(model, counter), Objective.crossEntropy(), optimiser);
      long values = BYTES * trainer.step(batch).plan().arenaElements();
      return new StepMemory(values, BYTES * counter.elements - values);
    }
  }

  /** Bytes of all numbers. */
  public long numbers() {
    return values + kept;
  }

  /** About how many bytes a process has resident at most that does nothing but train. */
  public long process() {
    return JAVA + Math.round((1 + COLLECTOR) * numbers());
  }

  /** Counts what would be stored, and stores and computes nothing. */
  private static final class Counter implements Backend {
    private long elements;

    private record Nothing(int elements) implements Buffer {
      @Override
      public Buffer slice(int offset, int count) {
        Objects.checkFromIndexSize(offset, count, elements);
        return new Nothing(count);
      }

      @Override
      public void write(int at, float[] source, int from, int count) {}

      @Override
      public void read(int at, float[] target, int to, int count) {}
    }

    @Override
    public String name() {
      return "counter";
    }

    @Override
    public String description() {
      return "counts what would be stored";
    }

    @Override
    public Buffer allocate(int count) {
      elements += count;
      return new Nothing(count);
    }

    @Override
    public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
      return () -> {};
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
