package engram.bench.suite;

import engram.cl.stream.Batch;
import engram.cl.stream.Batches;
import engram.cl.stream.Normalisation;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import engram.data.Picture;
import engram.data.Resize;
import engram.data.image.ImageFile;
import engram.op.Cost;
import engram.random.CounterRandom;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How data reaches the step, on one thread: pictures decoded once, and batches filled for ever. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoadingBenchmark {
  private static final int BATCH = 64;
  private static final int SIDE = 32;

  /** Side of a picture before it is resized; GTSRB's median is 43. */
  private static final int FILE_SIDE = 48;

  /** A byte read and a float written for each value. */
  static final Cost FILL_COST = new Cost(0, 5L * BATCH * 3 * SIDE * SIDE);

  /** A byte read for each value of the file, a byte written for each of the picture. */
  static final Cost DECODE_COST = new Cost(0, 3L * FILE_SIDE * FILE_SIDE + 3L * SIDE * SIDE);

  private static final int IMAGES = 4096;

  private byte[] file = new byte[0];
  private Batch batch;
  private Batches order;
  private int next;

  /** Draws pictures, and verifies one batch. */
  @Setup
  public void draw() {
    byte[] header = "P6\n48 48\n255\n".getBytes(StandardCharsets.US_ASCII);
    file = noise(header.length + FILE_SIDE * FILE_SIDE * 3);
    System.arraycopy(header, 0, file, 0, header.length);
    int bytes = SIDE * SIDE * 3;
    ImageSet images =
        new ImageSet(SIDE, SIDE, 3, noise(IMAGES * bytes), new int[IMAGES], new int[IMAGES]);
    batch = new Batch(BATCH, bytes, Normalisation.UNIT);
    order = Batches.shuffled(Examples.of(images), BATCH, 1, 0, 0);
    fillBatch();
    int first = order.examples(0).pixelOffset(0);
    for (int i = 0; i < bytes; i++) {
      if (batch.pixels()[i] != (images.pixels()[first + i] & 255) / 255f) {
        throw new IllegalStateException("a batch differs from its pictures at value " + i);
      }
    }
  }

  private static byte[] noise(int count) {
    CounterRandom random = CounterRandom.of(1, "pictures");
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) random.below(256, i);
    }
    return bytes;
  }

  /** One batch of 64 shuffled pictures: bytes to floats. */
  @Benchmark
  public int fillBatch() {
    batch.clear();
    order.appendTo(batch, next);
    next = (next + 1) % order.count();
    return batch.size();
  }

  /** One picture file of 48 x 48 pixels, resized to 32 x 32. */
  @Benchmark
  public Picture decode() {
    Picture picture = ImageFile.read("picture.ppm", file);
    return Resize.resize(picture, Resize.Box.all(picture), SIDE, SIDE);
  }
}
