package engram.nn;

import static engram.tensor.Shape.shape;

import engram.graph.Tape;
import engram.nn.layer.Block;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.layer.Named;
import engram.nn.layer.RecordingContext;
import engram.nn.layer.Residual;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;
import java.util.Optional;

/**
 * Goes through layers with the shape that each is given, and tells linear layers behind a {@link
 * Flatten} what image it was.
 */
final class Fitting {
  private final String within;
  private Shape shape;
  private Optional<Shape> image;

  /**
   * Layers for inputs of a shape.
   *
   * @throws ShapeException if one cannot take what the one before it gives
   */
  static List<Named> to(Shape input, List<Named> layers) {
    return new Fitting("", input, Optional.empty()).fit(layers);
  }

  private Fitting(String within, Shape shape, Optional<Shape> image) {
    this.within = within;
    this.shape = shape;
    this.image = image;
  }

  private List<Named> fit(List<Named> layers) {
    return layers.stream().map(this::fit).toList();
  }

  private Named fit(Named named) {
    return switch (named.layer()) {
      case Block block -> {
        Fitting inside = inside(named);
        Named result = new Block(inside.fit(block.layers())).named(named.name());
        leave(inside.shape, inside.image);
        yield result;
      }
      case Residual residual -> {
        Fitting body = inside(named);
        Fitting shortcut = inside(named);
        Named result =
            new Residual(
                    new Block(body.fit(residual.body().layers())),
                    new Block(shortcut.fit(residual.shortcut().layers())))
                .named(named.name());
        // The sum of features in two orders is in neither.
        leave(output(result), body.image.filter(own -> shortcut.image.equals(Optional.of(own))));
        yield result;
      }
      case Linear linear -> {
        Named result =
            image
                .filter(flattened -> flattened.elements() == linear.in())
                .map(linear::behindFlattened)
                .orElse(linear)
                .named(named.name());
        leave(output(result), Optional.empty());
        yield result;
      }
      case Flatten flatten when shape.rank() == 4 -> {
        leave(output(named), Optional.of(shape(shape.dim(1), shape.dim(2), shape.dim(3))));
        yield named;
      }
      default -> {
        leave(output(named), image);
        yield named;
      }
    };
  }

  private Fitting inside(Named named) {
    return new Fitting(within + named.name() + ".", shape, image);
  }

  private void leave(Shape output, Optional<Shape> flattened) {
    shape = output;
    image = flattened;
  }

  private Shape output(Named layer) {
    return output(within, layer, shape);
  }

  /** Shape that a layer makes of {@code input}. */
  static Shape output(String within, Named layer, Shape input) {
    try {
      Tape tape = new Tape();
      return RecordingContext.dry(tape, layer, tape.input("x", input)).shape();
    } catch (ShapeException e) {
      throw new ShapeException("layer \"%s\": %s".formatted(within + layer.name(), e.getMessage()));
    }
  }
}
