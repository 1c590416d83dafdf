package engram.nn.model;

import engram.nn.Sequential;
import engram.nn.init.Initialiser;
import engram.nn.init.Initialiser.TorchDefault;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Dropout;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Named;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes layers in the words that {@link LayerParser} reads. */
final class LayerWriter {
  private LayerWriter() {}

  static String network(Sequential model) {
    List<String> items = new ArrayList<>(items(model.stem()));
    String classifier = classifier(model);
    if (!classifier.equals("classifier") || items.isEmpty()) {
      items.add(classifier);
    }
    return String.join(", ", items);
  }

  private static String classifier(Sequential model) {
    Linear linear = model.classifier();
    String name = model.classifierName();
    String text =
        (name.equals("fc") ? "" : name + ": ")
            + "classifier"
            + drawn(name, linear.weight(), linear.bias());
    return model.head().size() == 1 ? text : text + " " + word(model.head().get(1));
  }

  private static String layers(Block block) {
    return String.join(", ", items(block.layers()));
  }

  /** Each layer, with its name where it is not the one that it would get. */
  private static List<String> items(List<Named> layers) {
    List<String> items = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (Named named : layers) {
      String kind = named.kind();
      int number = numbers.getOrDefault(kind, 0) + 1;
      boolean owns = Named.owns(named.layer());
      boolean usual = named.name().equals(owns ? kind + number : kind);
      if (owns && usual) {
        numbers.put(kind, number);
      }
      items.add(usual ? word(named) : named.name() + ": " + word(named));
    }
    return items;
  }

  private static String word(Named named) {
    return switch (named.layer()) {
      case Conv2d conv ->
          "conv %s %s".formatted(conv.out(), conv.kernel())
              + unless(1, " stride ", conv.stride())
              + unless(0, " pad ", conv.padding())
              + drawn(named.name(), conv.weight(), conv.bias());
      case Linear linear ->
          "linear " + linear.out() + drawn(named.name(), linear.weight(), linear.bias());
      case BatchNorm2d norm -> norm(norm);
      case Relu() -> "relu";
      case LeakyRelu(float slope) -> "leaky-relu " + slope;
      case MaxPool2d(int kernel, int stride) ->
          "pool " + kernel + unless(kernel, " stride ", stride);
      case GlobalAveragePool() -> "global-pool";
      case Dropout(float p, long seed) -> "dropout " + p + (seed == 1 ? "" : " seed " + seed);
      case Flatten() -> "flatten";
      case Block block -> "block(" + layers(block) + ")";
      case Residual(Block body, Block shortcut) ->
          "residual("
              + layers(body)
              + (shortcut.layers().isEmpty() ? "" : "; " + layers(shortcut))
              + ")";
      default -> throw unsaid(named.name(), "it is of a kind of its own");
    };
  }

  private static String norm(BatchNorm2d norm) {
    BatchNorm2d usual = new BatchNorm2d(norm.channels());
    return "bn"
        + (norm.momentum() == usual.momentum() ? "" : " momentum " + norm.momentum())
        + (norm.eps() == usual.eps() ? "" : " eps " + norm.eps());
  }

  private static String unless(int usual, String word, int number) {
    return number == usual ? "" : word + number;
  }

  private static String drawn(String layer, Initialiser weights, Optional<Initialiser> biases) {
    String bias = biases.isPresent() ? "" : " no-bias";
    Initialiser drawn = biases.orElse(new TorchDefault());
    if (weights.equals(new TorchDefault()) && drawn.equals(new TorchDefault())) {
      return bias;
    }
    String second = drawn.equals(new TorchDefault()) ? "" : " " + initialiser(layer, drawn);
    return bias + " init " + initialiser(layer, weights) + second;
  }

  private static String initialiser(String layer, Initialiser initialiser) {
    return InitWords.of(initialiser)
        .orElseThrow(() -> unsaid(layer, "its values are drawn by " + initialiser));
  }

  /** No text says this layer. */
  static IllegalArgumentException unsaid(String layer, String why) {
    return new IllegalArgumentException(
        "network text: no words say layer \"%s\": %s".formatted(layer, why));
  }
}
