package engram.inspect;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.View;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A graph as SVG: the forward pass runs down the left column, the backward pass up the right one,
 * and the update follows below. Arrows show what flows where.
 */
public final class GraphPicture {
  private static final int WIDTH = 250;
  private static final int HEIGHT = 34;
  private static final int STEP = 56;
  private static final int LEFT = 90;
  private static final int RIGHT = 470;
  private static final int TOP = 70;

  private record Box(int x, int y) {
    int middle() {
      return y + HEIGHT / 2;
    }
  }

  private GraphPicture() {}

  /** The picture as a document of its own. */
  public static String svg(Graph graph) {
    List<Node> shown = graph.nodes().stream().filter(n -> !(n.op() instanceof View)).toList();
    Map<Integer, Box> boxes = new HashMap<>();
    int height = place(graph, shown, boxes);
    StringBuilder svg = new StringBuilder();
    append(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 810 %d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        height);
    append(svg, "<rect width=\"810\" height=\"%d\" fill=\"white\"/>", height);
    append(
        svg,
        "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\""
            + " fill=\"#555\"/></marker></defs>");
    append(svg, "<text x=\"%d\" y=\"40\" font-size=\"15\">forward</text>", LEFT);
    append(svg, "<text x=\"%d\" y=\"40\" font-size=\"15\">backward, then update</text>", RIGHT);
    for (GraphDump.Edge edge : GraphDump.edges(graph)) {
      if (edge.from() >= 0) {
        arrow(
            svg,
            Objects.requireNonNull(boxes.get(edge.from())),
            Objects.requireNonNull(boxes.get(edge.to())));
      }
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (boxes.containsKey(i)) {
        box(svg, graph.nodes().get(i), boxes.get(i));
      }
    }
    return svg.append("</svg>\n").toString();
  }

  /** Gives each node its place and returns the height of the picture. */
  private static int place(Graph graph, List<Node> shown, Map<Integer, Box> boxes) {
    int forward = (int) shown.stream().filter(n -> n.phase() == Node.Phase.FORWARD).count();
    int backward = (int) shown.stream().filter(n -> n.phase() == Node.Phase.BACKWARD).count();
    int rows = Math.max(forward, backward);
    int left = 0;
    int right = rows;
    int below = rows;
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (node.op() instanceof View) {
        continue;
      }
      switch (node.phase()) {
        case FORWARD -> boxes.put(i, new Box(LEFT, TOP + STEP * left++));
        case BACKWARD -> boxes.put(i, new Box(RIGHT, TOP + STEP * --right));
        case UPDATE -> boxes.put(i, new Box(RIGHT, TOP + STEP * below++));
      }
    }
    return TOP + STEP * below + 10;
  }

  private static void arrow(StringBuilder svg, Box from, Box to) {
    String path;
    if (from.x == to.x && Math.abs(from.y - to.y) == STEP) {
      boolean down = to.y > from.y;
      int x = from.x + WIDTH / 2;
      path =
          "M%d %d L%d %d"
              .formatted(x, down ? from.y + HEIGHT : from.y, x, down ? to.y : to.y + HEIGHT);
    } else if (from.x == to.x) {
      int side = from.x == LEFT ? from.x : from.x + WIDTH;
      int bend = side + (from.x == LEFT ? -1 : 1) * Math.min(85, 20 + Math.abs(from.y - to.y) / 8);
      path =
          "M%d %d C%d %d %d %d %d %d"
              .formatted(
                  side, from.middle(), bend, from.middle(), bend, to.middle(), side, to.middle());
    } else {
      path =
          "M%d %d C%d %d %d %d %d %d"
              .formatted(
                  from.x + WIDTH,
                  from.middle(),
                  from.x + WIDTH + 60,
                  from.middle(),
                  to.x - 60,
                  to.middle(),
                  to.x,
                  to.middle());
    }
    append(
        svg,
        "<path d=\"%s\" fill=\"none\" stroke=\"#555\" stroke-opacity=\"0.55\""
            + " marker-end=\"url(#a)\"/>",
        path);
  }

  private static void box(StringBuilder svg, Node node, Box box) {
    append(
        svg,
        "<g><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\""
            + " fill=\"%s\" stroke=\"#777\"/>",
        escape(node.toString()),
        box.x,
        box.y,
        WIDTH,
        HEIGHT,
        GraphDump.colour(node.phase()));
    append(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        box.x + WIDTH / 2,
        box.y + 14,
        escape(node.op().name()));
    String shapes =
        String.join(", ", node.outputs().stream().map(o -> o.shape().toString()).toList());
    append(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"10\""
            + " fill=\"#444\">%s</text></g>",
        box.x + WIDTH / 2,
        box.y + 28,
        escape(shapes));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void append(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
