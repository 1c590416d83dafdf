package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.function.Function;

/** A memory that chooses by labels and chance alone, so that it needs no network. */
public interface StreamBuffer extends MemoryBuffer {

  /** Shows it images of a stream, in order; it copies those that it keeps. */
  void offer(Examples stream);

  @Override
  default void offer(Examples stream, Function<Examples, float[][]> features) {
    offer(stream);
  }
}
