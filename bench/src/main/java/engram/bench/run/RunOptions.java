package engram.bench.run;

import static engram.cl.settings.Option.Section.PROTOCOL;
import static engram.cl.settings.Option.Section.RUN;
import static engram.cl.settings.Option.flag;
import static engram.cl.settings.Option.option;

import engram.bench.protocol.Protocol;
import engram.cl.protocol.Protocols;
import engram.cl.settings.Choice;
import engram.cl.settings.Kind;
import engram.cl.settings.Option;
import engram.cl.settings.Options;
import engram.cl.settings.Preset;
import engram.cl.settings.Values;
import engram.data.catalog.DataOptions;
import engram.data.catalog.Datasets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of {@code engram run} that a {@code config.yaml} holds: the table of {@link Options}
 * between those that say where images come from and what computes. A command gets them by {@code
 * modelTransformer = RunOptions.class}.
 */
public final class RunOptions implements IModelTransformer {
  static final Option<String> DATA =
      option(RUN, "data", "DATA", "synthetic", Kind.text("a data set")).does(dataSets());

  static final Option<Integer> SIDE =
      option(RUN, "side", "N", "0", Kind.within(0, DataOptions.MAX_SIDE))
          .does("resize pictures to N x N; 0: as the data set has them");

  static final Option<Integer> PAD =
      option(RUN, "pad", "N", "0", Kind.within(0, DataOptions.MAX_SIDE))
          .does("then add N black pixels on each side");

  static final Option<Boolean> CROP =
      flag(RUN, "crop").does("cut GTSRB's photographs to the sign's bounding box");

  static final Option<Boolean> SKIP_BAD =
      flag(RUN, "skip-bad")
          .does("leave damaged pictures out and count them, where each is a file of its own");

  static final Option<String> PUBLISHED =
      option(PROTOCOL, "protocol", "NAME", "none", protocols())
          .does(
              "a published protocol: all that its source says, and its figures beside ours;",
              "engram protocols  lists them");

  static final Option<Boolean> QUICK =
      flag(RUN, "quick").does("a few tracks of each class only: a look in seconds, not a result");

  static final Option<Boolean> VALIDATE =
      flag(RUN, "validate")
          .does(
              "put a fifth of each class's training tracks aside and measure on them, never on test"
                  + " images: for choosing settings");

  static final Option<Integer> VALIDATION_SEED =
      option(RUN, "validation-seed", "N", "1", Kind.within(1, 1_000_000))
          .does("draws the tracks that --validate puts aside");

  static final Option<String> DEVICE =
      option(RUN, "device", "NAME", "auto", Kind.text("a device"))
          .does("auto, vector, plain, reference, opencl, opencl:PLATFORM.DEVICE");

  static final Option<Integer> THREADS =
      option(RUN, "threads", "N", "all", threads())
          .does("threads; results do not depend on it; all: as many as there are processors");

  static final Option<List<String>> PLUGINS =
      option(RUN, "plugins", "FILE", "", Kind.files())
          .does(
              "strategies and networks of your own: Java sources, compiled here, and jars that name"
                  + " them in META-INF/services; see cl/README.md");

  /** All of them, in the order of config files. */
  static final List<Option<?>> ALL =
      Stream.of(
              List.of(
                  DATA,
                  SIDE,
                  PAD,
                  CROP,
                  SKIP_BAD,
                  QUICK,
                  VALIDATE,
                  VALIDATION_SEED,
                  PLUGINS,
                  PUBLISHED),
              Options.ALL,
              List.of(DEVICE, THREADS))
          .<Option<?>>flatMap(List::stream)
          .toList();

  private static String[] dataSets() {
    return Datasets.TABLE.stream()
        .map(row -> row.form() + ": " + row.what())
        .toArray(String[]::new);
  }

  private static Kind<String> protocols() {
    List<String> names = Stream.concat(Stream.of("none"), Protocols.NAMES.stream()).toList();
    return new Kind<>(
        "a name that  engram protocols  lists",
        "",
        text -> Choice.of("protocol", text, names),
        name -> true);
  }

  private static Kind<Integer> threads() {
    Kind<Integer> number = Kind.within(1, 64);
    int all = Math.min(64, Runtime.getRuntime().availableProcessors());
    return new Kind<>(
        "all or a whole number",
        number.range(),
        text -> text.equals("all") ? all : number.read().apply(text),
        number.holds());
  }

  /** Names of the options that a search may vary. */
  public static List<String> tunable() {
    return ALL.stream().filter(o -> o.section().isTunable()).map(Option::name).toList();
  }

  /** The name of today for an older name of an option; another name stays as it is. */
  public static String nameOfToday(String name) {
    return Option.nameOfToday(name, ALL);
  }

  /** The option of this name. */
  public static Option<?> named(String name) {
    return ALL.stream().filter(option -> option.name().equals(name)).findFirst().orElseThrow();
  }

  /** Names of all options. */
  public static List<String> names() {
    return ALL.stream().map(Option::name).toList();
  }

  /** Adds the options to a command, a section under each heading. */
  @Override
  public CommandSpec transform(CommandSpec command) {
    return addTo(command, ALL);
  }

  /** Adds some of the options to a command, in the same way. */
  public static CommandSpec addTo(CommandSpec command, List<Option<?>> options) {
    for (Option.Section section : Option.Section.values()) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .heading("%n" + section.heading() + ":%n")
              .validate(false)
              .order(section.ordinal());
      options.stream()
          .filter(option -> option.section() == section)
          .forEach(option -> group.addArg(spec(option)));
      if (!group.args().isEmpty()) {
        command.addArgGroup(group.build());
      }
    }
    return command;
  }

  private static OptionSpec spec(Option<?> option) {
    OptionSpec.Builder spec =
        OptionSpec.builder(
            Stream.concat(Stream.of(option.name()), option.olderNames().stream())
                .map(name -> "--" + name)
                .toArray(String[]::new));
    List<String> help = new ArrayList<>(option.lines());
    if (option.isFlag()) {
      // Without a fallback picocli takes the opposite of the default, so of a config file's value.
      spec.type(boolean.class).arity("0..1").fallbackValue("true").paramLabel("false");
    } else {
      // The default stands behind what it does, and below the last of several lines.
      String line = help.size() > 1 ? "" : help.removeLast() + " ";
      help.add(line + "(default: " + usual(option) + ")");
      spec.paramLabel(option.placeholder()).type(String.class);
    }
    if (option.isList()) {
      spec.type(List.class).auxiliaryTypes(String.class).splitRegex(Kind.COMMA);
    }
    return spec.description(help.toArray(String[]::new)).build();
  }

  /** {@code 2; on gtsrb 5}. */
  static String usual(Option<?> option) {
    String photographs = Preset.DEFAULT.values(true).get(option.name());
    String usual = option.usual().isEmpty() ? "none" : option.usual();
    return usual + (photographs == null ? "" : "; on gtsrb " + photographs);
  }

  /**
   * Options that a command line and its {@code --config} give, as texts by their names.
   *
   * @throws IllegalArgumentException if one is given twice that is no list, or the command line
   *     says one thing in two ways
   */
  public static SequencedMap<String, String> given(CommandLine command) {
    return given(command, ALL);
  }

  /** The same of a command that has some of the options. */
  public static SequencedMap<String, String> given(CommandLine command, List<Option<?>> options) {
    // Picocli treats options under a heading as a group that may come several times, and gives
    // them no defaults: one given twice is found here, and that of --config is asked for.
    ConfigDefaults config =
        command.getDefaultValueProvider() instanceof ConfigDefaults read
            ? read
            : ConfigDefaults.NONE;
    List<OptionSpec> matched = command.getParseResult().matchedOptions();
    Map<String, String> typed = new HashMap<>();
    Map<String, String> file = new HashMap<>();
    for (Option<?> option : options) {
      String name = option.name();
      OptionSpec spec = Objects.requireNonNull(command.getCommandSpec().findOption("--" + name));
      if (Collections.frequency(matched, spec) > 1 && !option.isList()) {
        throw new IllegalArgumentException(
            "option --%s should be specified only once".formatted(name));
      }
      Optional.<Object>ofNullable(spec.getValue())
          .ifPresent(value -> typed.put(name, Option.text(value)));
      config.text(name).ifPresent(text -> file.put(name, text));
    }
    Alternatives.requireOne(typed);
    Map<String, String> protocol = saidByProtocol(typed);
    Map<String, String> ofFile = Alternatives.over(protocol, file);
    ofFile.keySet().removeAll(protocol.keySet());
    Map<String, String> all = Alternatives.over(typed, ofFile);
    SequencedMap<String, String> inOrder = new LinkedHashMap<>();
    for (Option<?> option : options) {
      Optional.ofNullable(all.get(option.name()))
          .ifPresent(text -> inOrder.put(option.name(), text));
    }
    return inOrder;
  }

  /**
   * What a protocol says that the command line names: it comes before {@code --config}, whose file
   * has all options; where the images are is still the file's to say.
   */
  private static Map<String, String> saidByProtocol(Map<String, String> typed) {
    String name = new Values(typed).get(PUBLISHED);
    Map<String, String> said =
        name.equals("none") ? new HashMap<>() : new HashMap<>(Protocol.of(name).settings());
    said.remove(DATA.name());
    return said;
  }
}
