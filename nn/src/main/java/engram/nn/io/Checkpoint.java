package engram.nn.io;

import engram.nn.Layout;
import engram.nn.Network;
import engram.nn.Parameters;
import engram.nn.layer.ParameterSpec;
import engram.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network's numbers as a safetensors file, under the names and in the layouts of PyTorch: {@code
 * model.load_state_dict(safetensors.torch.load_file(path))} reads it, and what {@code
 * save_file(model.state_dict(), path)} writes is read here.
 */
public final class Checkpoint {
  private Checkpoint() {}

  /** Whether nothing here depends on a tensor: PyTorch's batch norm counts batches. */
  public static boolean isIgnored(String name) {
    return name.endsWith(".num_batches_tracked");
  }

  /** Writes parameters and state of a network. */
  public static void save(Network network, Map<String, String> metadata, Path file)
      throws IOException {
    new SafeTensors(tensors(network), metadata).write(file);
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
