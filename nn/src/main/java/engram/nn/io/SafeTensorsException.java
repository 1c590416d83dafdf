package engram.nn.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not a good safetensors file; the message names file, place and rule. */
public final class SafeTensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param place where in the file, such as {@code tensor "fc.weight"}
   * @param problem what is there, what was expected
   */
  SafeTensorsException(Path file, String place, String problem) {
    super("%s, %s: %s".formatted(file, place, problem));
  }
}
