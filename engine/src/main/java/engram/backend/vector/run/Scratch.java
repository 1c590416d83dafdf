package engram.backend.vector.run;

/**
 * Working memory of a team, shared by all of its kernels so that it stays in the caches: one part
 * that all workers see and one part for each worker. Kernels reserve what they need when they are
 * built; nothing in it outlives the run of a kernel.
 *
 * <p>One large array, because the collector places a large array at the start of a region: then the
 * parts below lie on cache lines. Nothing but speed depends on that.
 */
public final class Scratch {
  /** Floats in a cache line. */
  public static final int LINE = 16;

  /** Floats before the first cache line boundary: an array's header takes 16 bytes. */
  private static final int ORIGIN = 12;

  private static final int LEAST = 1 << 20;

  private final int workers;
  private int shared;
  private int perWorker;
  private float[] array = new float[LEAST];

  Scratch(int workers) {
    this.workers = workers;
  }

  /** Makes room for {@code sharedFloats} seen by all and {@code workerFloats} for each worker. */
  public synchronized void reserve(long sharedFloats, long workerFloats) {
    shared = Math.max(shared, whole(sharedFloats));
    perWorker = Math.max(perWorker, whole(workerFloats));
    long length = ORIGIN + shared + (long) workers * perWorker;
    if (length > array.length) {
      array = new float[Math.toIntExact(length)];
    }
  }

  private static int whole(long floats) {
    return Lanes.roundUp(Math.toIntExact(floats), LINE);
  }

  /**
   * At least {@code floats}, in an odd number of cache lines: neighbours of this length do not fall
   * into the same set of the first-level cache.
   */
  public static int oddLines(int floats) {
    return (Lanes.ceilDiv(floats, LINE) | 1) * LINE;
  }

  public float[] array() {
    return array;
  }

  /** Start of the part that all workers see. */
  public int shared() {
    return ORIGIN;
  }

  /** Start of one worker's part. */
  public int of(int worker) {
    return ORIGIN + shared + worker * perWorker;
  }
}
