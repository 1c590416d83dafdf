package engram.bench.step;

import engram.backend.Backend;
import java.io.IOException;

/** Where a step comes from; it can be made again with one thing changed. */
interface StepSource {

  /**
   * Makes the step and looks at it.
   *
   * @throws IOException if data or a run cannot be read, or there is no such step
   */
  Glass look(Backend backend) throws IOException;

  /**
   * The same with another seed, strategy, number of classes or place.
   *
   * @throws IllegalArgumentException saying what can be changed
   */
  StepSource with(String what, String value);
}
