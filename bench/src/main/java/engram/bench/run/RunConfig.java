package engram.bench.run;

import engram.backend.Backend;
import engram.bench.protocol.Protocol;
import engram.cl.experiment.Experiment;
import engram.cl.plugin.Plugins;
import engram.cl.settings.Kind;
import engram.cl.settings.Option;
import engram.cl.settings.Settings;
import engram.cl.settings.Values;
import engram.data.catalog.DataEntry;
import engram.data.catalog.DataOptions;
import engram.data.catalog.Datasets;
import engram.device.Devices;
import engram.nn.train.WarmUp;
import engram.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run as it is carried out, every default filled in; its rows in {@link RunOptions} say what its
 * parts mean.
 *
 * @param heldOut seed that draws the training tracks that are measured on in place of the test
 *     images; 0 for none
 * @param toMap option names and values: what {@code --config} reads back
 */
public record RunConfig(
    String data,
    DataOptions dataOptions,
    boolean quick,
    int heldOut,
    String device,
    int threads,
    Plugins plugins,
    Settings settings,
    Map<String, Object> toMap) {

  public RunConfig {
    plugins.strategies().require(settings);
    plugins.requireNetwork(settings.recipe().network());
    Devices.requireName(device);
  }

  private RunConfig(Values v, Plugins plugins) {
    this(
        v.get(RunOptions.DATA),
        new DataOptions(
            v.get(RunOptions.SIDE),
            v.get(RunOptions.PAD),
            v.get(RunOptions.CROP),
            v.get(RunOptions.SKIP_BAD)),
        v.get(RunOptions.QUICK),
        heldOut(v),
        v.get(RunOptions.DEVICE),
        v.get(RunOptions.THREADS),
        plugins,
        new Settings(v),
        v.plain(RunOptions.ALL));
  }

  private static int heldOut(Values v) {
    int seed = v.get(RunOptions.VALIDATION_SEED);
    if (v.get(RunOptions.VALIDATE)) {
      return seed;
    }
    if (seed != 1) {
      throw new IllegalArgumentException(
          "validation-seed is %d, but no tracks are put aside: add --validate".formatted(seed));
    }
    return 0;
  }

  /**
   * A run as a person gave it; the protocol says what is not given, the preset the rest.
   *
   * @param given texts by the names of {@link RunOptions}; the strategies may be {@code all}, and
   *     strategies and network may be source files, which become plug-ins
   * @throws IllegalArgumentException if one has a value that makes no sense
   */
  public static RunConfig of(Map<String, String> given) {
    Map<String, String> today = new HashMap<>();
    given.forEach((name, text) -> today.put(RunOptions.nameOfToday(name), text));
    Map<String, String> texts =
        protocol(new Values(today).get(RunOptions.PUBLISHED))
            .<Map<String, String>>map(protocol -> Alternatives.over(today, protocol.settings()))
            .orElse(today);
    DataEntry data = Datasets.entry(new Values(texts).get(RunOptions.DATA));
    Plugins plugins = plugins(texts);
    texts.computeIfPresent(
        "strategies",
        (_, text) -> text.strip().equals("all") ? Option.text(plugins.strategies().names()) : text);
    return new RunConfig(Values.of(texts, RunOptions.ALL, data.hasPhotographedSigns()), plugins);
  }

  /**
   * Fails on what does not go together, as far as that is known before the data are read and the
   * device is opened.
   *
   * @throws IllegalArgumentException saying what does not fit what
   */
  public void requireFits() {
    Datasets.form(data, dataOptions)
        .ifPresent(
            form ->
                Experiment.require(
                    settings,
                    plugins,
                    Shape.shape(form.height(), form.width(), form.channels()),
                    form.classes()));
  }

  /**
   * The warm-up of its training, begun where the network is known before the data are read: the two
   * go on at the same time.
   */
  public WarmUp warmUp(Backend backend) {
    WarmUp warmUp =
        new WarmUp(
            backend, settings.training().optimisation().optimiser(), settings.trainingOptions());
    Datasets.form(data, dataOptions)
        .map(
            form ->
                Experiment.layers(
                    settings,
                    plugins,
                    Shape.shape(form.height(), form.width(), form.channels()),
                    form.classes()))
        .ifPresent(warmUp::begin);
    return warmUp;
  }

  /** The same on so many threads; its file says {@code all}, as they change no result. */
  public RunConfig onThreads(int number) {
    Map<String, Object> map = new LinkedHashMap<>(toMap);
    map.replace(RunOptions.THREADS.name(), "all");
    return new RunConfig(data, dataOptions, quick, heldOut, device, number, plugins, settings, map);
  }

  /** The published protocol that it follows. */
  public Optional<Protocol> protocol() {
    return protocol(String.valueOf(toMap.get(RunOptions.PUBLISHED.name())));
  }

  private static Optional<Protocol> protocol(String name) {
    return name.equals("none") ? Optional.empty() : Optional.of(Protocol.of(name));
  }

  /** Its options as texts. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    toMap.forEach((name, value) -> texts.put(name, Option.text(value)));
    return texts;
  }

  /** Opens what is named, and puts names for files. */
  private static Plugins plugins(Map<String, String> texts) {
    Values named = new Values(texts);
    List<String> strategies =
        texts.containsKey("strategies") ? Kind.parts(texts.get("strategies")) : List.of();
    Set<String> files = new LinkedHashSet<>(named.get(RunOptions.PLUGINS));
    Stream.concat(strategies.stream(), Stream.ofNullable(texts.get("network")))
        .flatMap(text -> Plugins.sourceIn(text).stream())
        .forEach(files::add);
    if (files.isEmpty()) {
      return Plugins.NONE;
    }
    Plugins plugins = Plugins.open(files);
    texts.put("plugins", Option.text(List.copyOf(files)));
    texts.computeIfPresent(
        "strategies", (_, _) -> Option.text(strategies.stream().map(plugins::strategy).toList()));
    texts.computeIfPresent("network", (_, text) -> plugins.network(text));
    return plugins;
  }
}
