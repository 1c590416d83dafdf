package engram.nn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.vector.conv.Conv2dForward;
import engram.backend.vector.conv.Conv2dInputGradient;
import engram.backend.vector.conv.Conv2dWeightGradient;
import engram.backend.vector.conv.ConvAlgorithm;
import engram.backend.vector.conv.ConvCosts;
import engram.backend.vector.conv.ConvCosts.Direction;
import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.conv.Epilogue;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import engram.nn.io.SafeTensors;
import engram.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to compute a convolution that fits a shape, not only the one that the backend takes, is
 * within 1e-5 of what libtorch computes, by the relative L2 distance.
 */
class ConvolutionWaysTest {
  private static final double CLOSE = 1e-5;
  private static final Axes IMAGES = Axes.last(4, 1);
  private static final Axes WEIGHTS = new Axes(2, 3, 1, 0);

  /** The file has no pooling. */
  private static final Set<Direction> DIRECTIONS =
      EnumSet.complementOf(EnumSet.of(Direction.POOLED_INPUT_GRADIENT));

  private static Workers workers;

  /** One way of one direction of one case. */
  record Way(String name, VectorCase vectors, ConvShape shape, Direction of, ConvAlgorithm by) {
    @Override
    public String toString() {
      return "%s %s by %s".formatted(name, of, by);
    }
  }

  @BeforeAll
  static void start() {
    workers = new Workers(2);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  static List<Way> ways() throws IOException {
    SafeTensors file = SafeTensors.read(VerificationTest.SHAPES);
    List<Way> ways = new ArrayList<>();
    for (Map.Entry<String, String> text : file.metadata().entrySet()) {
      String name = text.getKey().substring("case.".length());
      if (text.getValue().startsWith("op=conv2d;")) {
        VectorCase vectors =
            new VectorCase(text.getValue(), VectorCase.below(file.tensors(), name));
        ConvShape shape =
            ConvShape.of(
                vectors.attributes().whole("stride", 1),
                vectors.attributes().whole("padding", 0),
                IMAGES.apply(vectors.shape("x")),
                WEIGHTS.apply(vectors.shape("w")));
        for (Direction direction : DIRECTIONS) {
          ConvCosts.of(direction, shape)
              .forEach(way -> ways.add(new Way(name, vectors, shape, direction, way.algorithm())));
        }
      }
    }
    return ways;
  }

  @Test
  void everyAlgorithmMeetsTheFile() throws IOException {
    Set<ConvAlgorithm> met = EnumSet.noneOf(ConvAlgorithm.class);
    ways().forEach(way -> met.add(way.by));
    assertEquals(EnumSet.complementOf(EnumSet.of(ConvAlgorithm.SCATTER)), met);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyWayIsCloseToTorch(Way way) {
    Comparison comparison = new Comparison();
    switch (way.of) {
      case FORWARD -> forward(way, comparison);
      case INPUT_GRADIENT -> inputGradient(way, comparison);
      case WEIGHT_GRADIENT -> weightGradient(way, comparison);
      case POOLED_INPUT_GRADIENT -> throw new AssertionError(way);
    }
    assertTrue(
        comparison.worst() >= 0 && comparison.worst() <= CLOSE,
        () -> "%s is %.1e off".formatted(way, comparison.worst()));
  }

  private static void forward(Way way, Comparison comparison) {
    HostBuffer y = HostBuffer.allocate(way.shape.yLength());
    Epilogue bias = Epilogue.NONE.withBias(HostBuffer.wrap(way.vectors.values("b")));
    new Conv2dForward(
            way.by,
            way.shape,
            operand(way, "x", IMAGES),
            operand(way, "w", WEIGHTS),
            bias,
            y,
            workers)
        .run();
    compare(way, "y", IMAGES.apply(way.vectors.shape("dy")), IMAGES, y, comparison);
  }

  private static void inputGradient(Way way, Comparison comparison) {
    HostBuffer dx = HostBuffer.allocate(way.shape.xLength());
    new Conv2dInputGradient(
            way.by, way.shape, operand(way, "dy", IMAGES), operand(way, "w", WEIGHTS), dx, workers)
        .run();
    compare(way, "dx", IMAGES.apply(way.vectors.shape("x")), IMAGES, dx, comparison);
  }

  private static void weightGradient(Way way, Comparison comparison) {
    HostBuffer dw = HostBuffer.allocate(way.shape.weightLength());
    Conv2dWeightGradient.of(
            way.by, way.shape, operand(way, "x", IMAGES), operand(way, "dy", IMAGES), dw, workers)
        .run();
    compare(way, "dw", WEIGHTS.apply(way.vectors.shape("w")), WEIGHTS, dw, comparison);
  }

  private static HostBuffer operand(Way way, String role, Axes axes) {
    return HostBuffer.wrap(axes.apply(way.vectors.shape(role), way.vectors.values(role)));
  }

  private static void compare(
      Way way, String role, Shape shape, Axes axes, HostBuffer result, Comparison comparison) {
    float[] torch = axes.inverse().apply(shape, result.read());
    way.vectors.find(role).ifPresent(e -> comparison.compare(role, e, torch, Comparison.SMALLEST));
    way.vectors
        .sketch(role)
        .ifPresent(e -> comparison.compare(role, e, torch, Comparison.SMALLEST));
  }
}
