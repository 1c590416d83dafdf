package engram.nn.io;

import engram.backend.Backend;
import engram.nn.Layout;
import engram.nn.Network;
import engram.nn.Parameters;
import engram.nn.Sequential;
import engram.nn.layer.ParameterSpec;
import engram.nn.model.Models;
import engram.nn.model.NetworkText;
import engram.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network as a safetensors file: its numbers under the names and in the layouts of PyTorch, so
 * that {@code model.load_state_dict(safetensors.torch.load_file(path))} reads it, and what {@code
 * save_file(model.state_dict(), path)} writes is read here. The metadata says which network it is:
 *
 * <pre>
 * network   its text, see {@link Models}; left out if it has layers of one's own
 * input     shape of one example, such as 32x32x3
 * </pre>
 */
public final class Checkpoint {
  private static final String NETWORK = "network";
  private static final String INPUT = "input";

  private Checkpoint() {}

  /** Whether nothing here depends on a tensor: PyTorch's batch norm counts batches. */
  public static boolean isIgnored(String name) {
    return name.endsWith(".num_batches_tracked");
  }

  /**
   * Writes a network.
   *
   * @param metadata what else to note, by key
   */
  public static void save(Network network, Map<String, String> metadata, Path file)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    said(network.model()).ifPresent(text -> all.put(NETWORK, text));
    all.put(INPUT, text(network.model().input()));
    new SafeTensors(tensors(network), all).write(file);
  }

  /** Parameters and state of a network as PyTorch names and arranges them. */
  public static Map<String, SafeTensors.Entry> tensors(Network network) {
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
    for (Parameters part : List.of(network.parameters(), network.state())) {
      for (Layout.Slot slot : part.layout().slots()) {
        ParameterSpec spec = slot.spec();
        tensors.put(
            spec.name(),
            new SafeTensors.Entry(
                spec.torch().torchShape(spec.shape()), part.readTorch(spec.name())));
      }
    }
    return tensors;
  }

  /** The text of a network, if words can say it. */
  private static Optional<String> said(Sequential model) {
    try {
      return Optional.of(NetworkText.of(model));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a network from a file that says which one it holds.
   *
   * @throws IOException if the file is damaged, or does not say that
   */
  public static Network load(Path file, Backend backend) throws IOException {
    SafeTensors content = SafeTensors.read(file);
    Sequential model =
        modelIn(file, content)
            .orElseThrow(
                () ->
                    new IOException(
                        file
                            + " does not say which network it holds: it was written by another"
                            + " program or an older version, or has layers of one's own; make the"
                            + " network and load the file into it"));
    Network network = Network.create(model, backend, 0);
    load(content.tensors(), network, file.toString());
    return network;
  }

  private static Optional<Sequential> modelIn(Path file, SafeTensors content) throws IOException {
    try {
      return model(content);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s, __metadata__: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The layers of a checkpoint that says them. */
  public static Optional<Sequential> model(SafeTensors content) {
    Map<String, String> metadata = content.metadata();
    if (!metadata.containsKey(NETWORK) || !metadata.containsKey(INPUT)) {
      return Optional.empty();
    }
    Shape input = shape(metadata.getOrDefault(INPUT, ""));
    return Optional.of(model(metadata.getOrDefault(NETWORK, ""), input, content.tensors()));
  }

  /**
   * The layers of a text, with as many classes as the tensors of a checkpoint have.
   *
   * @param input shape of one example, such as [32, 32, 3]
   * @throws IllegalArgumentException if the text is not understood, or has no such classifier
   */
  public static Sequential model(String text, Shape input, Map<String, SafeTensors.Entry> tensors) {
    Sequential any = Models.of(text, input, 1);
    String name = any.classifierName() + ".weight";
    SafeTensors.Entry weight = tensors.get(name);
    if (weight == null || weight.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "network %s has a classifier \"%s\", but there is no such matrix among %s"
              .formatted(text, name, tensors.keySet()));
    }
    return any.withClasses(weight.shape().dim(0));
  }

  /**
   * A shape as {@code 32x32x3}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Shape shape(String text) {
    try {
      return Shape.shape(Stream.of(text.split("x")).mapToInt(Integer::parseInt).toArray());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no shape, expected height, width and channels, such as 32x32x3"
              .formatted(text));
    }
  }

  private static String text(Shape shape) {
    return IntStream.range(0, shape.rank())
        .mapToObj(d -> String.valueOf(shape.dim(d)))
        .collect(Collectors.joining("x"));
  }

  /**
   * Reads parameters and state into a network.
   *
   * @throws IOException if the file is damaged, or its tensors are not those of the network; then
   *     the network is unchanged
   */
  public static void load(Path file, Network network) throws IOException {
    load(SafeTensors.read(file).tensors(), network, file.toString());
  }

  /**
   * Sets a network from tensors as PyTorch names and arranges them.
   *
   * @param source where they are from, for messages
   */
  public static void load(Map<String, SafeTensors.Entry> tensors, Network network, String source)
      throws IOException {
    List<String> problems = new ArrayList<>();
    List<Runnable> writes = new ArrayList<>();
    Set<String> unexpected = new LinkedHashSet<>(tensors.keySet());
    unexpected.removeIf(Checkpoint::isIgnored);
    for (Parameters part : List.of(network.parameters(), network.state())) {
      for (Layout.Slot slot : part.layout().slots()) {
        String name = slot.spec().name();
        Shape expected = slot.spec().torch().torchShape(slot.spec().shape());
        SafeTensors.Entry entry = tensors.get(name);
        unexpected.remove(name);
        if (entry == null) {
          problems.add("\"%s\" %s is missing".formatted(name, expected));
        } else if (!entry.shape().equals(expected)) {
          problems.add("\"%s\" is %s, expected %s".formatted(name, entry.shape(), expected));
        } else {
          writes.add(() -> part.writeTorch(name, entry.values()));
        }
      }
    }
    unexpected.forEach(name -> problems.add("\"%s\" is not part of the network".formatted(name)));
    if (!problems.isEmpty()) {
      throw new IOException(source + " does not fit the network: " + String.join("; ", problems));
    }
    writes.forEach(Runnable::run);
  }
}
