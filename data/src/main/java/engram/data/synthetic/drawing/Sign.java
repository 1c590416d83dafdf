package engram.data.synthetic.drawing;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * A sign face as layers of ink, painted one over the other. Coordinates: the face spans -100..100
 * both ways, its middle is 0 0, y points down. Every method returns a new sign.
 */
public record Sign(List<Layer> layers) {

  /** One area of one colour. */
  public record Layer(Ink ink, Shape shape) {}

  static final Sign BLANK = new Sign(List.of());

  public Sign {
    layers = List.copyOf(layers);
  }

  Sign fill(Ink ink, Shape shape) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer(ink, shape));
    return new Sign(more);
  }

  /** Fills the inside of {@code path} (see {@link VectorPath}). */
  Sign fill(Ink ink, String path) {
    return fill(ink, VectorPath.parse(path));
  }

  Sign disc(Ink ink, double x, double y, double radius) {
    return fill(ink, VectorPath.disc(x, y, radius));
  }

  /** Draws along {@code path} with sharp corners and flat ends. */
  Sign line(Ink ink, double width, String path) {
    return fill(ink, VectorPath.stroke(VectorPath.parse(path), width));
  }

  /** Draws along {@code path} with round corners and ends: limbs and branches. */
  Sign limb(Ink ink, double width, String path) {
    return fill(ink, VectorPath.roundStroke(VectorPath.parse(path), width));
  }

  /** Paints all of {@code part} over this sign. */
  Sign add(Sign part) {
    List<Layer> more = new ArrayList<>(layers);
    more.addAll(part.layers);
    return new Sign(more);
  }

  /**
   * Paints {@code part} scaled by {@code sx}, {@code sy} with its origin at {@code x}, {@code y}.
   */
  Sign add(Sign part, double x, double y, double sx, double sy) {
    return add(part.transformed(new AffineTransform(sx, 0, 0, sy, x, y)));
  }

  /** Left and right swapped. */
  Sign mirrored() {
    return transformed(new AffineTransform(-1, 0, 0, 1, 0, 0));
  }

  /** The same drawing in a single colour. */
  Sign in(Ink ink) {
    return new Sign(layers.stream().map(layer -> new Layer(ink, layer.shape())).toList());
  }

  private Sign transformed(AffineTransform transform) {
    return new Sign(
        layers.stream()
            .map(layer -> new Layer(layer.ink(), transform.createTransformedShape(layer.shape())))
            .toList());
  }
}
