package engram.bench.protocol;

import engram.cl.catalog.Strategies;
import engram.cl.settings.Option;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How a run was made, in some twenty fields: what has to be the same in two runs before their
 * figures can be compared.
 */
public final class ProtocolCard {
  private final Map<String, ?> config;
  private final SequencedMap<String, String> fields = new LinkedHashMap<>();

  private ProtocolCard(Map<String, ?> config) {
    this.config = config;
  }

  /**
   * The card of a run.
   *
   * @param config every option of the run, as {@code config.yaml} has them
   * @param strategies names of those that run
   * @param known says what they keep
   * @param tasks the tasks of the first seed
   * @param parameters number of trained values of the network, with all its outputs
   * @param normalisation how bytes become inputs, with its numbers
   * @param device what computes
   */
  public static SequencedMap<String, String> of(
      Map<String, ?> config,
      List<String> strategies,
      Strategies known,
      TaskSequence tasks,
      long parameters,
      String normalisation,
      String device) {
    ProtocolCard card = new ProtocolCard(config);
    card.data(tasks.dataset());
    card.put("tasks", "%s: %s classes".formatted(tasks.tasks().size(), tasks.split().sizes()));
    card.put("class order", card.text("class-order"));
    card.put("scenario", card.text("scenario"));
    card.put("head", "%s, loss over %s".formatted(card.text("head"), card.text("loss-over")));
    card.put("strategies", card.text("strategies"));
    card.put("memory", card.memory());
    card.put("selection", selection(strategies, known));
    card.put("replay", card.text("replay"));
    card.put("network", card.text("network"));
    card.put("parameters", String.format(Locale.ROOT, "%,d", parameters));
    card.put("first values", card.text("init"));
    card.put("optimiser", card.optimiser());
    card.put(
        "optimiser's state",
        card.text("optimizer-state").equals("new")
            ? "new for each task"
            : "kept from task to task");
    card.put("learning rate", card.rate());
    card.put("batch", card.text("batch"));
    card.put("length of a task", card.length());
    card.put("augmentation", card.text("augment"));
    card.put("normalisation", normalisation);
    card.put("loss", card.loss());
    card.put("metric", card.metric(tasks.split().scenario()));
    card.put("seeds", "%s from %s".formatted(card.text("seeds"), card.text("seed")));
    card.put("device", device.replaceFirst(", [0-9]+ threads?$", "")); // they change no result
    return card.fields;
  }

  private void data(Dataset dataset) {
    ImageSet train = dataset.train();
    put("data", dataset.description());
    put(
        "split",
        String.format(
            Locale.ROOT,
            "%,d training and %,d test images of %s classes",
            train.size(),
            dataset.test().size(),
            dataset.classes()));
    put(
        "images",
        "%s x %s, %s"
            .formatted(train.height(), train.width(), train.channels() == 1 ? "grey" : "colour"));
    protocol().ifPresent(protocol -> put("protocol", protocol.nameOf(texts())));
  }

  private Optional<Protocol> protocol() {
    String name = text("protocol");
    return name.equals("none") ? Optional.empty() : Optional.of(Protocol.of(name));
  }

  private String memory() {
    List<String> sizes = new ArrayList<>();
    for (String option : List.of("buffer-per-class", "buffer-per-task")) {
      if (!is(option, 0)) {
        sizes.add("%s images for each %s".formatted(text(option), option.substring(11)));
      }
    }
    String size = sizes.isEmpty() ? text("buffer") + " images in total" : String.join(", ", sizes);
    return is("compression", 1)
        ? size
        : "%s; compressed, %s times as many".formatted(size, text("compression"));
  }

  private static String selection(List<String> strategies, Strategies known) {
    List<String> kinds =
        strategies.stream()
            .flatMap(name -> known.selection(name).map(kind -> name + ": " + kind).stream())
            .toList();
    return kinds.isEmpty() ? "nothing is kept" : String.join("; ", kinds);
  }

  private String optimiser() {
    StringBuilder text = new StringBuilder(text("optimizer"));
    if (!is("momentum", 0)) {
      text.append(", momentum ").append(text("momentum"));
    }
    if (text("nesterov").equals("true")) {
      text.append(", Nesterov");
    }
    if (!is("weight-decay", 0)) {
      text.append(", decay ").append(text("weight-decay"));
    }
    if (!is("clip", 0)) {
      text.append(", gradients clipped at ").append(text("clip"));
    }
    return text.toString();
  }

  private String rate() {
    String warmUp = is("warm-up", 0) ? "" : ", %s epochs of warm-up".formatted(text("warm-up"));
    return "%s, schedule %s%s".formatted(text("lr"), text("schedule"), warmUp);
  }

  private String length() {
    String length =
        is("iterations", 0)
            ? text("epochs") + (is("epochs", 1) ? " epoch" : " epochs")
            : text("iterations") + " iterations";
    String online = text("online").equals("true") ? ", each image met once" : "";
    String before =
        is("pretraining-epochs", 0)
            ? ""
            : ", %s epochs of pre-training: %s"
                .formatted(text("pretraining-epochs"), text("pretraining"));
    return length + online + before;
  }

  /** With a published protocol its own: each task counts the same. */
  private String metric(Scenario scenario) {
    String images =
        protocol().isPresent()
            ? "accuracy on the test images of each task met, mean over tasks"
            : "accuracy on the test images of all tasks met";
    String seen = is("views", 1) ? images : images + ", each in " + text("views") + " views";
    if (scenario.kind() == Scenario.Kind.TASK) {
      return seen + ", the task told";
    }
    return scenario.labelsRepeat() ? seen : seen + ", among all classes met";
  }

  private String loss() {
    List<String> parts = new ArrayList<>();
    if (!is("label-smoothing", 0)) {
      parts.add("labels smoothed by " + text("label-smoothing"));
    }
    if (!is("average", 0)) {
      parts.add("moving average " + text("average"));
    }
    return parts.isEmpty() ? "plain labels" : String.join(", ", parts);
  }

  private boolean is(String option, double value) {
    return Double.parseDouble(text(option)) == value;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    config.forEach((name, value) -> texts.put(name, Option.text(value)));
    return texts;
  }

  private String text(String option) {
    Object value = config.get(option);
    if (value == null) {
      throw new IllegalStateException("protocol card: the run has no option " + option);
    }
    return Option.text(value);
  }

  private void put(String field, String value) {
    fields.put(field, value);
  }
}
