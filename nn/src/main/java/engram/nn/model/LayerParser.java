package engram.nn.model;

import engram.graph.Tape;
import engram.nn.init.Initialiser;
import engram.nn.init.Initialiser.TorchDefault;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Dropout;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.Layer;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Named;
import engram.nn.layer.RecordingContext;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import engram.nn.layer.TorchLayout;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads layers out of a network's text, knowing the shape that each is given. The language is told
 * at {@link NetworkText}; each method here reads one piece of it.
 */
final class LayerParser {
  private static final int DEEPEST = 16;
  private static final float SLOPE = 0.01f;

  /** The words for layers. */
  static final List<String> LAYERS =
      List.of(
          "conv",
          "linear",
          "bn",
          "relu",
          "leaky-relu",
          "pool",
          "global-pool",
          "dropout",
          "flatten",
          "residual",
          "block");

  private final Words words;
  private final int classes;
  private final Budget budget = new Budget();
  private Shape shape;

  /**
   * A parser at the start of a text.
   *
   * @param input shape of a batch of one example
   */
  LayerParser(Words words, Shape input, int classes) {
    this.words = words;
    this.classes = classes;
    shape = input;
  }

  /** The whole text, and the classifier behind it. */
  List<Named> network() {
    List<Layer> layers = new ArrayList<>();
    boolean more = !atClassifier();
    while (more) {
      layers.addAll(item(0));
      more = words.take(",") && !atClassifier();
    }
    layers.addAll(classifier());
    if (!words.peek().text().isEmpty()) {
      throw words.wrong(words.peek(), "here is %s, expected the end".formatted(words.peek()));
    }
    return Named.all(layers);
  }

  private boolean atClassifier() {
    return words.peek(words.peek(1).is(":") ? 2 : 0).is("classifier");
  }

  /** Layers up to a mark that ends them. */
  private List<Layer> layers(int depth) {
    List<Layer> layers = new ArrayList<>();
    do {
      layers.addAll(item(depth));
    } while (words.take(","));
    return layers;
  }

  /** {@code 3 x (...)}, {@code name: layer} or {@code layer}. */
  private List<Layer> item(int depth) {
    if (depth > DEEPEST) {
      throw words.wrong(
          words.peek(),
          "layers lie %d deep in each other; %d are allowed".formatted(depth, DEEPEST));
    }
    if (words.peek(1).is("x") && words.atNumber()) {
      return repeated(depth);
    }
    if (words.peek(1).is(":")) {
      Words.Token name = words.next();
      if (!name.text().matches("[A-Za-z0-9_-]+")) {
        throw words.wrong(name, "a layer's name has letters, digits, - and _");
      }
      words.expect(":");
      return List.of(layer(depth).named(name.text()));
    }
    return List.of(layer(depth));
  }

  private List<Layer> repeated(int depth) {
    int times = words.whole("the number of repeats", 1);
    words.expect("x");
    words.expect("(");
    int body = words.mark();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      words.back(body);
      layers.addAll(layers(depth + 1));
    }
    words.expect(")");
    return layers;
  }

  private Layer layer(int depth) {
    int start = words.mark();
    Words.Token word = words.next();
    return switch (word.text()) {
      case "conv" -> fitted(start, conv(start));
      case "linear" -> fitted(start, linear(start, words.whole("the number of outputs", 1)));
      case "bn" -> fitted(start, norm(start));
      case "relu" -> fitted(start, new Relu());
      case "leaky-relu" ->
          fitted(
              start,
              new LeakyRelu(
                  words.atNumber() ? words.number("the slope", 0, Math.nextDown(1f)) : SLOPE));
      case "pool" -> fitted(start, pool());
      case "global-pool" -> fitted(start, new GlobalAveragePool());
      case "dropout" -> fitted(start, dropout());
      case "flatten" -> fitted(start, new Flatten());
      case "residual" -> residual(start, depth);
      case "block" -> {
        words.expect("(");
        Block block = new Block(Named.all(layers(depth + 1)));
        words.expect(")");
        yield block;
      }
      case "classifier" -> throw words.wrong(word, "the classifier is the last layer of all");
      default -> throw words.unknown(word, LAYERS);
    };
  }

  /** A layer whose words end here, with what it makes of the shape. */
  private Layer fitted(int start, Layer layer) {
    if (words.inLayer()) {
      throw words.wrong(
          words.peek(),
          "\"%s\" is whole; expected a comma or the end, here is %s"
              .formatted(Words.beginning(words.since(start)), words.peek()));
    }
    try {
      Tape tape = new Tape();
      Named named = layer.named(layer.kind());
      shape = RecordingContext.dry(tape, named, tape.input("x", shape)).shape();
      budget.layer(shape.elements());
    } catch (ShapeException e) {
      throw words.misfit(start, String.valueOf(e.getMessage()));
    }
    return layer;
  }

  private Layer conv(int start) {
    int out = words.whole("the number of output channels", 1);
    int kernel = words.whole("the side of the kernel", 1);
    int stride = 1;
    int pad = 0;
    Bias bias = new Bias();
    while (words.inLayer()) {
      if (words.take("stride")) {
        stride = words.whole("the stride", 1);
      } else if (words.take("pad")) {
        pad = words.whole("the padding", 0);
      } else {
        bias.read(List.of("stride", "pad", "no-bias", "init"));
      }
    }
    if (shape.rank() != 4) {
      throw words.misfit(
          start, "a convolution takes [height, width, channels], given are " + example(shape));
    }
    int in = shape.dim(3);
    count(start, kernel, kernel, in, out);
    return new Conv2d(in, out, kernel, stride, pad, bias.weights, bias.biases());
  }

  private Linear linear(int start, int out) {
    Bias bias = new Bias();
    while (words.inLayer() && !words.peek().is("bn")) {
      bias.read(List.of("no-bias", "init"));
    }
    if (shape.rank() != 2) {
      throw words.misfit(
          start,
          "a linear layer takes [features], given are %s; put flatten or global-pool before it"
              .formatted(example(shape)));
    }
    count(start, shape.dim(1), out);
    return new Linear(shape.dim(1), out, new TorchLayout.Same(), bias.weights, bias.biases());
  }

  /** What is said of weights and biases: {@code no-bias}, {@code init xavier constant 0}. */
  private final class Bias {
    private Initialiser weights = new TorchDefault();
    private Initialiser drawn = new TorchDefault();
    private boolean there = true;

    void read(List<String> allowed) {
      if (words.take("no-bias")) {
        there = false;
      } else if (words.take("init")) {
        weights = InitWords.read(words);
        drawn = InitWords.next(words) ? InitWords.read(words) : new TorchDefault();
      } else {
        throw noOption(allowed);
      }
    }

    Optional<Initialiser> biases() {
      return there ? Optional.of(drawn) : Optional.empty();
    }
  }

  private IllegalArgumentException noOption(List<String> allowed) {
    Words.Token word = words.peek();
    return LAYERS.contains(word.text())
        ? words.wrong(word, "a comma is missing before " + word)
        : words.unknown(word, allowed);
  }

  private void count(int start, int... factors) {
    try {
      budget.parameters(factors);
    } catch (ShapeException e) {
      throw words.misfit(start, String.valueOf(e.getMessage()));
    }
  }

  private BatchNorm2d norm(int start) {
    BatchNorm2d usual = new BatchNorm2d(shape.dim(-1));
    float momentum = usual.momentum();
    float eps = usual.eps();
    while (words.inLayer()) {
      if (words.take("momentum")) {
        momentum = words.number("the momentum", 0, 1);
      } else if (words.take("eps")) {
        eps = words.number("eps", Float.MIN_NORMAL, 1);
      } else {
        throw noOption(List.of("momentum", "eps"));
      }
    }
    count(start, 2, shape.dim(-1));
    return new BatchNorm2d(shape.dim(-1), momentum, eps);
  }

  private Layer pool() {
    int kernel = words.whole("the side of the window", 1);
    return new MaxPool2d(kernel, words.take("stride") ? words.whole("the stride", 1) : kernel);
  }

  private Layer dropout() {
    float p = words.number("the probability", 0, Math.nextDown(1f));
    return new Dropout(p, words.take("seed") ? words.any("the seed") : 1);
  }

  /** {@code residual(body)} or {@code residual(body; shortcut)}. */
  private Layer residual(int start, int depth) {
    words.expect("(");
    Shape input = shape;
    Block body = new Block(Named.all(layers(depth + 1)));
    Shape output = shape;
    shape = input;
    Block shortcut = Block.of();
    if (words.take(";")) {
      shortcut = new Block(Named.all(layers(depth + 1)));
    }
    words.expect(")");
    if (!shape.equals(output)) {
      throw words.misfit(
          start,
          "the body gives %s and the way around it %s; both must be equal to be added"
              .formatted(example(output), example(shape)));
    }
    return new Residual(body, shortcut);
  }

  /** {@code classifier [no-bias] [init ...] [bn ...]}, or nothing at all. */
  private List<Layer> classifier() {
    List<Layer> layers = new ArrayList<>();
    int start = words.mark();
    if (shape.rank() > 2) {
      layers.add(flattened());
    }
    String name = "fc";
    boolean said = atClassifier();
    if (said && words.peek(1).is(":")) {
      name = words.next().text();
      words.expect(":");
    }
    words.take("classifier");
    Linear linear = linear(said ? start : Math.max(0, start - 1), classes);
    layers.add(linear.named(name));
    if (words.take("bn")) {
      shape = shape.with(1, classes);
      layers.add(norm(start));
    }
    return layers;
  }

  private Layer flattened() {
    shape = Shape.shape(1, shape.elements());
    return new Flatten();
  }

  /** The shape of one example in a batch of one. */
  private static String example(Shape batch) {
    String all = batch.toString();
    return "[" + all.substring(all.indexOf(", ") + 2);
  }
}
