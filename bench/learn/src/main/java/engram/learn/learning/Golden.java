package engram.learn.learning;

import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Results that libtorch computed: vector files, as {@code engram verify} reads them, in the folder
 * {@code shared/golden} beside the project or in that of the project's own tests.
 */
final class Golden {
  private static final List<Path> FOLDERS =
      List.of(Path.of("shared", "golden"), Path.of("nn", "src", "test", "resources", "golden"));

  private static final String CASE = "case.";

  private Golden() {}

  /** A case of a vector file: attributes, and tensors by role in PyTorch's layouts. */
  record Case(String name, Map<String, String> attributes, SafeTensors file) {

    /** The tensor of a role. */
    SafeTensors.Entry role(String role) {
      return Objects.requireNonNull(
          file.tensors().get(name + "/" + role), () -> name + " has no tensor " + role);
    }

    double number(String attribute, double otherwise) {
      return Double.parseDouble(attributes.getOrDefault(attribute, String.valueOf(otherwise)));
    }

    boolean flag(String attribute) {
      return attributes.getOrDefault(attribute, "").toLowerCase(Locale.ROOT).equals("true");
    }
  }

  /**
   * All cases of an op that can be found from where the program runs, but for those whose operands
   * are drawn and not in the file.
   */
  static List<Case> cases(String op) {
    Map<String, Case> cases = new LinkedHashMap<>();
    for (SafeTensors file : VectorFiles.READ) {
      file.metadata()
          .forEach(
              (key, text) -> {
                if (key.startsWith(CASE)
                    && text.startsWith("op=" + op + ";")
                    && !text.contains(";draw.")) {
                  String name = key.substring(CASE.length());
                  cases.putIfAbsent(name, new Case(name, attributes(text), file));
                }
              });
    }
    return List.copyOf(cases.values());
  }

  private static Map<String, String> attributes(String text) {
    return Arrays.stream(text.split(";"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** The files, read once. */
  private static final class VectorFiles {
    static final List<SafeTensors> READ = read();

    private static List<SafeTensors> read() {
      List<SafeTensors> files = new ArrayList<>();
      for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
        for (Path folder : FOLDERS) {
          files.addAll(in(at.resolve(folder)));
        }
      }
      return files;
    }

    private static List<SafeTensors> in(Path folder) {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      List<SafeTensors> files = new ArrayList<>();
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder, "*.safetensors")) {
        for (Path file : inside) {
          files.add(SafeTensors.read(file));
        }
        return files;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
