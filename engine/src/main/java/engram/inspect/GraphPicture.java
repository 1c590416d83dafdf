package engram.inspect;

import engram.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  private static final int LONGEST = 46;

  private record Box(int x, int y) {
    int middle() {
      return y + HEIGHT / 2;
    }
  }

  private GraphPicture() {}

  /** The picture as a document of its own; nodes have their numbers. */
  public static String svg(Flow flow) {
    List<Box> boxes = new ArrayList<>();
    int height = place(flow.nodes(), boxes);
    StringBuilder svg = new StringBuilder();
    append(
        svg,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 810 %1$d" \
        font-family="sans-serif" font-size="12">
        <rect width="810" height="%1$d" fill="white"/>
        <defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" \
        orient="auto"><path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>
        <text x="%2$d" y="40" font-size="15">forward</text>
        <text x="%3$d" y="40" font-size="15">backward, then update</text>
        """,
        height,
        LEFT,
        RIGHT);
    for (Flow.Edge edge : flow.edges()) {
      if (edge.from() >= 0) {
        arrow(svg, boxes.get(edge.from()), boxes.get(edge.to()));
      }
    }
    for (int i = 0; i < flow.nodes().size(); i++) {
      box(svg, i, flow.nodes().get(i), boxes.get(i));
    }
    return svg.append("</svg>\n").toString();
  }

  /** Gives each node its place and returns the height of the picture. */
  private static int place(List<Node> nodes, List<Box> boxes) {
    int forward = (int) nodes.stream().filter(n -> n.phase() == Node.Phase.FORWARD).count();
    int backward = (int) nodes.stream().filter(n -> n.phase() == Node.Phase.BACKWARD).count();
    int rows = Math.max(forward, backward);
    int left = 0;
    int right = rows;
    int below = rows;
    for (Node node : nodes) {
      boxes.add(
          switch (node.phase()) {
            case FORWARD -> new Box(LEFT, TOP + STEP * left++);
            case BACKWARD -> new Box(RIGHT, TOP + STEP * --right);
            case UPDATE -> new Box(RIGHT, TOP + STEP * below++);
          });
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
      path = curve(from, side, bend, bend, side, to);
    } else {
      int right = from.x + WIDTH;
      path = curve(from, right, right + 60, to.x - 60, to.x, to);
    }
    append(
        svg,
        """
        <path d="%s" fill="none" stroke="#555" stroke-opacity="0.55" marker-end="url(#a)"/>
        """,
        path);
  }

  /** From x {@code start} to x {@code end}, leaving towards {@code out}, coming from {@code in}. */
  private static String curve(Box from, int start, int out, int in, int end, Box to) {
    return "M%d %d C%d %d %d %d %d %d"
        .formatted(start, from.middle(), out, from.middle(), in, to.middle(), end, to.middle());
  }

  private static void box(StringBuilder svg, int number, Node node, Box box) {
    append(
        svg,
        """
        <g><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" rx="5" fill="%s" stroke="#777"/>
        <text x="%d" y="%d" text-anchor="middle">%s</text>
        <text x="%d" y="%d" text-anchor="middle" font-size="10" fill="#444">%s</text></g>
        """,
        escape(node.toString()),
        box.x,
        box.y,
        WIDTH,
        HEIGHT,
        GraphDump.colour(node.phase()),
        box.x + WIDTH / 2,
        box.y + 14,
        escape(number + "  " + node.op().name()),
        box.x + WIDTH / 2,
        box.y + 28,
        escape(shortened(GraphDump.caption(node))));
  }

  /** What of a caption has room in a box. */
  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void append(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
