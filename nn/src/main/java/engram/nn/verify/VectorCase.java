package engram.nn.verify;

import engram.nn.io.SafeTensors;
import engram.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One case of a vector file: attributes, and tensors by role as PyTorch arranges them. */
final class VectorCase {
  private final Attributes attributes;
  private final Map<String, SafeTensors.Entry> roles;
  private final Map<String, SafeTensors.Entry> drawn = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  VectorCase(String attributes, Map<String, SafeTensors.Entry> roles) {
    this.attributes = new Attributes(attributes);
    this.roles = roles;
  }

  Attributes attributes() {
    return attributes;
  }

  /** The tensor of a role that must be there, in the file or by how it is {@link Drawn}. */
  SafeTensors.Entry role(String role) {
    if (Drawn.isThere(role, attributes)) {
      return drawn.computeIfAbsent(role, r -> Drawn.operand(r, attributes));
    }
    return find(role)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no tensor %s, only %s".formatted(role, roles.keySet())));
  }

  /** Whether the case has an operand. */
  boolean has(String role) {
    return find(role).isPresent() || Drawn.isThere(role, attributes);
  }

  float[] values(String role) {
    return role(role).values();
  }

  Shape shape(String role) {
    return role(role).shape();
  }

  /** The tensor of a role that may be left out. */
  Optional<SafeTensors.Entry> find(String role) {
    used.add(role);
    return Optional.ofNullable(roles.get(role));
  }

  /** The sketch of a result that the file does not hold as a whole. */
  Optional<Sketch> sketch(String role) {
    return find(role + Sketch.SUFFIX).map(Sketch::of);
  }

  /** Whether the case expects this result, as a whole or by its sketch. */
  boolean expects(String role) {
    return find(role).isPresent() || find(role + Sketch.SUFFIX).isPresent();
  }

  /** Fails if the case does not expect this result. */
  void requireExpected(String role) {
    if (!expects(role)) {
      role(role); // tells which roles there are
    }
  }

  /** Tensors whose role starts with {@code prefix/}, by the rest of the role. */
  Map<String, SafeTensors.Entry> group(String prefix) {
    Map<String, SafeTensors.Entry> group = below(roles, prefix);
    group.keySet().forEach(role -> used.add(prefix + "/" + role));
    return group;
  }

  /** Tensors whose name starts with {@code prefix/}, by the rest of the name. */
  static Map<String, SafeTensors.Entry> below(
      Map<String, SafeTensors.Entry> tensors, String prefix) {
    Map<String, SafeTensors.Entry> below = new LinkedHashMap<>();
    tensors.forEach(
        (name, entry) -> {
          if (name.startsWith(prefix + "/")) {
            below.put(name.substring(prefix.length() + 1), entry);
          }
        });
    return below;
  }

  /** Fails if something in the case was not looked at. */
  void requireAllUsed() {
    attributes.requireAllUsed();
    for (String role : roles.keySet()) {
      if (!used.contains(role)) {
        throw new IllegalArgumentException("the tensor " + role);
      }
    }
  }
}
