package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.function.Function;

/** A memory that chooses by labels and chance alone, so that it needs no network. */
public abstract class StreamBuffer extends MemoryBuffer {
  StreamBuffer(Capacity capacity, int imageBytes) {
    super(capacity, imageBytes);
  }

  /** Shows it images of a stream, in order; it copies those that it keeps. */
  public abstract void offer(Examples stream);

  @Override
  public final void offer(Examples stream, Function<Examples, float[][]> features) {
    offer(stream);
  }
}
