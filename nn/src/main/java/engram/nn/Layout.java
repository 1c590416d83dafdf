package engram.nn;

import engram.backend.Buffer;
import engram.graph.Tape;
import engram.nn.layer.ParameterSpec;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each of several tensors lies in one flat buffer. Each starts at a multiple of 16 elements,
 * a cache line; what lies between them is zero and stays zero.
 *
 * @param elements size of the buffer, a multiple of 16 and at least 16
 */
public record Layout(List<Slot> slots, int elements) {
  private static final int ALIGNMENT = 16;

  /** A tensor and its first element in the buffer. */
  public record Slot(ParameterSpec spec, int offset) {}

  public Layout {
    slots = List.copyOf(slots);
  }

  /** The given tensors one behind the other. */
  public static Layout of(List<ParameterSpec> specs) {
    List<Slot> slots = new ArrayList<>();
    int end = 0;
    for (ParameterSpec spec : specs) {
      slots.add(new Slot(spec, end));
      int aligned = Math.ceilDiv(spec.shape().elements(), ALIGNMENT) * ALIGNMENT;
      end = Math.addExact(end, aligned);
    }
    return new Layout(slots, Math.max(ALIGNMENT, end));
  }

  /** Shape of the buffer as a tensor. */
  public Shape shape() {
    return Shape.shape(elements);
  }

  /** Elements that belong to tensors, without what lies between them. */
  public long used() {
    return slots.stream().mapToLong(slot -> slot.spec().shape().elements()).sum();
  }

  /**
   * The place of a tensor.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Slot slot(String name) {
    return slots.stream()
        .filter(slot -> slot.spec().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "network: no tensor is named \"%s\"; there are %s"
                        .formatted(name, slots.stream().map(s -> s.spec().name()).toList())));
  }

  /**
   * Copies each tensor of a buffer to the one of the same name in a buffer of this layout, or to
   * the start of it if that is larger: to the first rows of a classifier that has grown. What is
   * beyond stays as it is.
   *
   * @param other layout of {@code from}
   */
  public void copyLeading(Layout other, Buffer from, Buffer to) {
    for (Slot source : other.slots) {
      int count = source.spec().shape().elements();
      float[] values = new float[count];
      from.read(source.offset(), values, 0, count);
      to.write(slot(source.spec().name()).offset(), values, 0, count);
    }
  }

  /**
   * Each tensor as a slice of a flat one on a tape, by name.
   *
   * @param prefix goes before the names that the slices have on the tape
   */
  public Map<String, Tensor> slices(Tape tape, Tensor flat, String prefix) {
    Map<String, Tensor> slices = new LinkedHashMap<>();
    for (Slot slot : slots) {
      ParameterSpec spec = slot.spec();
      slices.put(spec.name(), tape.slice(prefix + spec.name(), flat, slot.offset(), spec.shape()));
    }
    return slices;
  }
}
