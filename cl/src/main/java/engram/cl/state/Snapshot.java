package engram.cl.state;

import engram.cl.task.TaskSequence;
import engram.nn.Network;
import engram.nn.io.SafeTensors;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

/**
 * What was remembered at one moment: named tensors, and a few texts and numbers. A safetensors file
 * holds one.
 */
public final class Snapshot {
  /** Of what a file holds; another one when the parts of states are told in another way. */
  private static final String FORMAT = "2";

  private static final String FORMAT_NAME = "format";
  private static final String CHECKSUM_NAME = "checksum";

  private final Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * What a snapshot is restored into.
   *
   * @param sequence the tasks that it speaks of
   * @param networks makes a network with so many classes, whatever its numbers
   */
  public record World(TaskSequence sequence, IntFunction<Network> networks) {}

  /** Takes what it is handed. */
  public State taking() {
    return new Taking(this, "");
  }

  /** Gives what it holds. */
  public State giving(World world) {
    return new Giving(this, world, "");
  }

  /** All of another snapshot as a part of this one. */
  public void add(String part, Snapshot other) {
    other.tensors.forEach((name, tensor) -> tensors.put(part + "/" + name, tensor));
    other.values.forEach((name, value) -> values.put(part + "/" + name, value));
  }

  /** Whether there is a text or a number of this name. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether something was added as this part. */
  public boolean hasPart(String part) {
    return values.keySet().stream().anyMatch(name -> name.startsWith(part + "/"));
  }

  /** As a file holds it, with a checksum over all of it. */
  public SafeTensors content() {
    Map<String, String> metadata = new LinkedHashMap<>(values);
    metadata.put(FORMAT_NAME, FORMAT);
    metadata.put(CHECKSUM_NAME, checksum());
    return new SafeTensors(tensors, metadata);
  }

  /**
   * What a file holds.
   *
   * @throws IllegalArgumentException if it is not, to the last bit, what {@link #content} gave
   */
  public static Snapshot of(SafeTensors content) {
    Snapshot snapshot = new Snapshot();
    snapshot.tensors.putAll(content.tensors());
    snapshot.values.putAll(content.metadata());
    String format = snapshot.values.remove(FORMAT_NAME);
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException(
          format == null
              ? "it is not the state of a run"
              : "it is a state of format %s, this version of engram reads %s"
                  .formatted(format, FORMAT));
    }
    String checksum = snapshot.values.remove(CHECKSUM_NAME);
    if (!snapshot.checksum().equals(checksum) || !content.empty().isEmpty()) {
      throw new IllegalArgumentException("it is damaged: its checksum does not fit its content");
    }
    return snapshot;
  }

  /** In the order of names, which a file need not keep. */
  private String checksum() {
    CRC32C sum = new CRC32C();
    new TreeMap<>(values).forEach((name, value) -> add(sum, name + "=" + value + "\n"));
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              add(sum, "%s %s %s\n".formatted(name, tensor.type(), tensor.shape()));
              sum.update(tensor.data());
            });
    return "%08x".formatted(sum.getValue());
  }

  private static void add(CRC32C sum, String text) {
    sum.update(text.getBytes(StandardCharsets.UTF_8));
  }

  void put(String name, SafeTensors.Entry tensor) {
    if (tensors.put(name, tensor) != null) {
      throw new IllegalStateException("snapshot: two tensors have the name \"" + name + "\"");
    }
  }

  void put(String name, String value) {
    if (values.put(name, value) != null) {
      throw new IllegalStateException("snapshot: two values have the name \"" + name + "\"");
    }
  }

  SafeTensors.Entry tensor(String name) {
    SafeTensors.Entry tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the state has no tensor \"%s\"".formatted(name));
    }
    return tensor;
  }

  /**
   * A text or a number, by its name with those of its parts before it.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the state has no value \"%s\"".formatted(name));
    }
    return value;
  }
}
