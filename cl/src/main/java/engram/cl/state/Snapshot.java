package engram.cl.state;

import engram.cl.task.TaskSequence;
import engram.nn.Network;
import engram.nn.io.SafeTensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What was remembered at one moment: named tensors, and a few texts and numbers. A safetensors file
 * holds one.
 */
public final class Snapshot {
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

  /** As a file holds it. */
  public SafeTensors content() {
    return new SafeTensors(tensors, values);
  }

  /** What a file holds. */
  public static Snapshot of(SafeTensors content) {
    Snapshot snapshot = new Snapshot();
    snapshot.tensors.putAll(content.tensors());
    snapshot.values.putAll(content.metadata());
    return snapshot;
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
