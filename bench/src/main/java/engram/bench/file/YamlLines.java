package engram.bench.file;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** On which lines of a YAML text its settings stand, so that a message can name them. */
public final class YamlLines {
  private final Optional<Node> root;

  /** Of a text that {@link ConfigFile#parse} has read without a complaint. */
  public YamlLines(String text) {
    root = new Compose(LoadSettings.builder().build()).composeString(text);
  }

  /**
   * The line, from 1, of what a path leads to; where it leads nowhere, of the last step that does.
   *
   * @param path keys of maps, and of lists the place from 0: {@code of("grid", "buffer", 1)}
   */
  public int of(Object... path) {
    Optional<Node> at = root;
    int line = at.map(YamlLines::line).orElse(1);
    for (Object step : path) {
      Optional<Node> from = at;
      // A map's entry begins with its key, which may stand above its value.
      line = from.flatMap(node -> key(node, step)).map(YamlLines::line).orElse(line);
      at = from.flatMap(node -> value(node, step));
    }
    return line;
  }

  private static Optional<Node> key(Node node, Object step) {
    return node instanceof MappingNode
        ? entry(node, step).map(NodeTuple::getKeyNode)
        : value(node, step);
  }

  private static Optional<Node> value(Node node, Object step) {
    return switch (node) {
      case MappingNode _ -> entry(node, step).map(NodeTuple::getValueNode);
      case SequenceNode list when step instanceof Integer place -> {
        List<Node> nodes = list.getValue();
        yield place < nodes.size() ? Optional.of(nodes.get(place)) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static Optional<NodeTuple> entry(Node node, Object key) {
    return node instanceof MappingNode map
        ? map.getValue().stream()
            .filter(
                entry ->
                    entry.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
            .findFirst()
        : Optional.empty();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
