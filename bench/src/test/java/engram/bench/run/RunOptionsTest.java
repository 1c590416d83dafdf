package engram.bench.run;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.file.ConfigFile;
import engram.cl.catalog.Strategies;
import engram.cl.settings.Option;
import engram.cl.settings.Preset;
import engram.cl.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunOptionsTest {
  private static final String ALL_SET =
      """
      # engram run --config FILE
      data: gtsrb:signs
      side: 24
      pad: 4
      crop: true
      skip-bad: true
      quick: true
      validate: true
      validation-seed: 7
      plugins: []
      protocol: none
      preset: best
      strategies: [er, lwf]
      tasks: 3,4
      class-order: shuffled
      scenario: task
      head: full
      loss-over: task
      network: bn
      init: torch
      label-smoothing: 0.125
      average: 0.75
      pixels: channel
      augment: crop-flip
      views: '1'
      pretraining-epochs: 3
      pretraining: first-task
      online: false
      epochs: 9
      iterations: 2000
      batch: 17
      sampling: square-root
      lr: 0.25
      schedule: 0.2 at 49,63
      warm-up: 2
      optimizer: sgd
      momentum: 0.9
      nesterov: true
      weight-decay: 1.0E-4
      optimizer-state: kept
      clip: 10.0
      buffer: 0
      buffer-per-class: 11
      buffer-per-task: 0
      compression: 5
      replay: '13'
      alpha: 0.375
      temperature: 1.5
      seed: 7
      seeds: 4
      no-fusion: true
      device: plain
      threads: 3
      """;

  @TempDir private Path folder;

  private static RunConfig parse(String... arguments) {
    CommandLine command = new CommandLine(new RunCommand());
    command.parseArgs(arguments);
    return RunConfig.of(RunOptions.given(command));
  }

  private RunConfig read(String yaml, String... arguments) throws IOException {
    CommandLine command = new CommandLine(new RunCommand());
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    command.setDefaultValueProvider(ConfigDefaults.read(file, command));
    command.parseArgs(arguments);
    return RunConfig.of(RunOptions.given(command));
  }

  private static String yaml(RunConfig config) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigFile.write("engram run --config FILE", config.toMap(), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aConfigFileIsWrittenAsItWasRead() throws IOException {
    assertEquals(ALL_SET, yaml(read(ALL_SET)));
  }

  @Test
  void theCommandLineWinsOverAConfigFile() throws IOException {
    RunConfig config = read(ALL_SET, "--epochs", "2", "--strategies=joint,er", "--model=bn-map");
    assertEquals(2, config.settings().training().epochs());
    assertEquals(List.of("joint", "er"), config.settings().strategies());
    assertEquals("bn-map", config.settings().recipe().network());
    assertEquals(17, config.settings().training().batch());
  }

  @Test
  void anOlderNameOfAnOptionMeansTheSameAndTheNameOfTodayIsWritten() throws IOException {
    RunConfig config = read("model: bn\n");
    assertEquals("bn", config.settings().recipe().network());
    assertTrue(yaml(config).contains("\nnetwork: bn\n"));
    assertEquals("lenet", parse("--model=lenet").settings().recipe().network());
    assertEquals("mlp", read("model: bn\n", "--network=mlp").settings().recipe().network());
    assertEquals(
        "option --network should be specified only once",
        error(() -> parse("--model=bn", "--network=bn")));
    Path both = Files.writeString(folder.resolve("both.yaml"), "model: bn\nnetwork: bn\n");
    assertEquals(
        "config " + both + ": network is given twice, once by an older name",
        assertThrows(
                IOException.class,
                () -> ConfigDefaults.read(both, new CommandLine(new RunCommand())))
            .getMessage());
  }

  @Test
  void aNetworkThatThereIsNotIsKnownBeforeTheDataAreRead() {
    assertTrue(
        error(() -> parse("--network=bn_deep"))
            .startsWith(
                "there is no network \"bn_deep\", perhaps bn-deep; choose from simple, bn,"));
    // One that is too large for some images may fit others.
    assertEquals(
        "conv 4 99, relu", parse("--network=conv 4 99, relu").settings().recipe().network());
  }

  @Test
  void theOlderNameOfAPresetIsReadAndItsNameOfTodayWritten() throws IOException {
    RunConfig config = read("preset: seed\n");
    assertEquals(Preset.COURSE, config.settings().protocol().preset());
    assertTrue(yaml(config).contains("\npreset: course\n"));
  }

  @Test
  void aProtocolOnTheCommandLineComesBeforeAConfigFileThatHasAllOptions() throws IOException {
    String file = yaml(read("data: mnist:here\nlr: 0.5\nepochs: 9\nlabel-smoothing: 0.1\n"));
    RunConfig config = read(file, "--protocol", "hsu-mnist-class", "--epochs", "2");
    assertEquals("mnist:here", config.data());
    assertEquals(0.001f, config.settings().training().learningRate());
    assertEquals(
        List.of("label-smoothing: 0.1, not 0.0", "epochs: 2, not 4"),
        config.protocol().orElseThrow().deviations(config.texts()));
    assertEquals(
        yaml(config), yaml(read(yaml(config))), "its own config file is the same run again");
    assertEquals(0.5f, read(file, "--protocol", "none").settings().training().learningRate());
  }

  @Test
  void photographsAreTrainedLongerUnlessTheEpochsAreGiven() {
    assertEquals(2, parse().settings().training().epochs());
    assertEquals(5, parse("--data", "gtsrb:x").settings().training().epochs());
    assertEquals(3, parse("--data", "gtsrb:x", "--epochs=3").settings().training().epochs());
    assertTrue(!parse("--no-fusion").settings().training().fusion());
  }

  @Test
  void allStandsForEveryStrategyAndAListMayBeGivenInParts() {
    assertEquals(Strategies.NAMES, parse("--strategies=all").settings().strategies());
    assertEquals(
        List.of("er", "wa", "joint"),
        parse("--strategies=er,wa", "--strategies", "joint").settings().strategies());
  }

  @Test
  void aBlankMayStandBehindTheCommaOfAList() throws IOException {
    List<String> both = List.of("fine-tune", "er");
    assertEquals(both, parse("--strategies", "fine-tune, er").settings().strategies());
    assertEquals(both, read("strategies: fine-tune , er\n").settings().strategies());
    assertEquals(both, read("strategies: [fine-tune, ' er']\n").settings().strategies());
    assertEquals(Strategies.NAMES, read("strategies: ' all '\n").settings().strategies());
    assertEquals("5, 4", parse("--tasks=5, 4").settings().protocol().tasks());
  }

  @Test
  void optionsOfAllSectionsMayStandInAnyOrder() {
    Settings settings =
        parse(
                "--epochs=3",
                "--seed=4",
                "--quick",
                "--batch=5",
                "--seeds=6",
                "--lr=0.5",
                "--device=plain")
            .settings();
    assertEquals(3, settings.training().epochs());
    assertEquals(5, settings.training().batch());
    assertEquals(0.5f, settings.training().learningRate());
    assertEquals(4, settings.protocol().seed());
    assertEquals(6, settings.protocol().seeds());
    assertEquals(
        "option --epochs should be specified only once",
        error(() -> parse("--epochs=3", "--seed=4", "--epochs=3")));
    assertEquals(
        "option --quick should be specified only once",
        error(() -> parse("--quick", "--epochs=3", "--quick")));
  }

  @Test
  void whatMakesNoSenseIsAnErrorWithTheRule() throws IOException {
    assertEquals("epochs is 0, expected 1 or more", error(() -> parse("--epochs=0")));
    assertEquals(
        "threads is \"many\", expected all or a whole number, 1 to 64",
        error(() -> parse("--threads=many")));
    assertEquals("threads is 65, expected 1 to 64", error(() -> parse("--threads=65")));
    Path file = Files.writeString(folder.resolve("odd.yaml"), "epoch: 3\n");
    var error =
        assertThrows(
            IOException.class, () -> ConfigDefaults.read(file, new CommandLine(new RunCommand())));
    assertTrue(
        error
            .getMessage()
            .startsWith("config " + file + ": there is no option \"epoch\", perhaps epochs;"),
        error.getMessage());
  }

  private static String error(Runnable action) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void helpHasEachOptionOnceUnderItsHeadingWithin80Columns() {
    String help = new CommandLine(new RunCommand()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    for (Option<?> option : RunOptions.ALL) {
      Pattern row =
          Pattern.compile("^ +(--[a-z-]+, )*--" + option.name() + "\\b(?!-)", Pattern.MULTILINE);
      assertEquals(1, row.matcher(help).results().count(), option.name());
    }
    assertTrue(
        help.replaceAll("\\s+", " ").contains("epochs on each task (default: 2; on gtsrb 5)"),
        help);
  }

  /** {@code bench/OPTIONS.md} says what the table says. */
  @Test
  void thePageOfOptionsIsTheTable() throws IOException {
    String page = page();
    Path made = Files.writeString(Path.of("target", "OPTIONS.md"), page);
    assertEquals(
        page,
        Files.readString(Path.of("OPTIONS.md")).replace("\r\n", "\n"),
        "the options have changed: copy " + made + " over OPTIONS.md");
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Options of `engram run`

            Made from the table that the program reads them by, `engram.cl.settings.Options`. In a config file the same
            names stand without dashes: `epochs: 5`. `engram tune` varies those of the sections marked *.
            """);
    for (Option.Section section : Option.Section.values()) {
      page.append(
          """

          ## %s%s

          | option | default | values | what it does |
          | --- | --- | --- | --- |
          """
              .formatted(section.heading(), section.isTunable() ? " *" : ""));
      RunOptions.ALL.stream()
          .filter(option -> option.section() == section)
          .map(RunOptionsTest::row)
          .forEach(page::append);
    }
    page.append(
        """

        ## Presets

        What a preset says of options; the others are as above, and what is given wins.

        | option | course | best |
        | --- | --- | --- |
        """);
    for (String name : RunOptions.names()) {
      String course = says(Preset.COURSE, name);
      String best = says(Preset.BEST, name);
      if (!(course + best).isEmpty()) {
        page.append("| `--%s` | %s | %s |\n".formatted(name, course, best));
      }
    }
    return page.toString();
  }

  /** {@code signs; on gtsrb signs-flip}; empty where a preset says nothing of an option. */
  private static String says(Preset preset, String option) {
    String usual = preset.values(false).getOrDefault(option, "");
    String photographs = preset.values(true).getOrDefault(option, "");
    if (usual.equals(photographs)) {
      return usual;
    }
    return Stream.of(usual, "on gtsrb " + photographs)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String row(Option<?> option) {
    String values = option.kind().form();
    return "| `--%s%s` | %s | %s | %s |\n"
        .formatted(
            option.name(),
            option.isFlag() ? "" : " " + option.placeholder(),
            option.isFlag() ? "" : RunOptions.usual(option),
            option.isFlag()
                ? ""
                : values + (option.kind().range().isEmpty() ? "" : ", " + option.kind().range()),
            String.join(" ", option.lines()) + olderNames(option));
  }

  private static String olderNames(Option<?> option) {
    return option.olderNames().stream().map(" (older name: `--%s`)"::formatted).collect(joining());
  }
}
