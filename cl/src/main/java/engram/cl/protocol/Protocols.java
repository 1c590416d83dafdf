package engram.cl.protocol;

import engram.cl.settings.Choice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published protocols that there is a file of, each one screen long, beside this class. */
public final class Protocols {
  /** Their names, in the order of the verified table. */
  public static final List<String> NAMES =
      List.of(
          "hsu-mnist-class",
          "hsu-mnist-class-4400",
          "hsu-mnist-domain",
          "hsu-mnist-task",
          "v18-mnist-class",
          "v18-mnist-domain",
          "v19-mnist-icarl",
          "v22-mnist-class",
          "v18-permuted-mnist",
          "der-permuted-mnist",
          "der-permuted-mnist-er",
          "gdumb-mnist-300",
          "gdumb-mnist-4400",
          "er-ace-cifar10");

  private Protocols() {}

  /**
   * The text of a protocol's file.
   *
   * @throws IllegalArgumentException with the nearest name, if there is no such protocol
   */
  public static String text(String name) {
    if (!NAMES.contains(name)) {
      throw Choice.unknown("protocol", name, NAMES);
    }
    String file = name + ".yaml";
    try (InputStream in = Protocols.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
