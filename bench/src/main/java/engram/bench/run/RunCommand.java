package engram.bench.run;

import engram.backend.Backend;
import engram.bench.console.Durations;
import engram.bench.console.InterruptKey;
import engram.bench.console.Lines;
import engram.bench.console.ResultTable;
import engram.bench.console.Screen;
import engram.bench.console.Usage;
import engram.bench.console.Version;
import engram.bench.protocol.AgreementTable;
import engram.bench.protocol.ProtocolCard;
import engram.bench.record.BestEffort;
import engram.bench.record.CheckpointNotes;
import engram.bench.record.Environment;
import engram.bench.record.RunFiles;
import engram.bench.record.RunFolder;
import engram.bench.record.RunRecorder;
import engram.bench.record.RunWriter;
import engram.bench.report.Report;
import engram.bench.track.Targets;
import engram.bench.track.TrackOptions;
import engram.bench.track.Tracking;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.settings.Settings;
import engram.cl.stream.PixelScale;
import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.Sequential;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code engram run}: trains and compares strategies, and writes a run folder. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = RunOptions.class,
    description = {
      "Learns images a few classes at a time and compares strategies: fine-tuning, which forgets;"
          + " rehearsal with distillation, which forgets less; joint training, the upper bound.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram run                                     generated signs, two minutes",
      "  engram run --data gtsrb:PATH                   real GTSRB: a folder or a zip",
      "  engram run --data mnist:PATH --network mlp     grey images, another network",
      "  engram run --strategies MyStrategy.java,er     one of your own: see cl/README.md",
      "  engram run --protocol hsu-mnist-class --data mnist:PATH   see engram protocols",
      "  engram run --preset course --data gtsrb:PATH   the course project's protocol",
      "  engram run --preset best --data gtsrb:PATH     what keeps most",
      "  engram run --strategies rehearsal-kd --buffer 500 --seeds 3",
      "  engram run --track tensorboard,wandb           see bench/TRACKING.md",
      "  engram run --config runs/run1/config.yaml --seed 2"
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin private FileOptions options;
  @Mixin private TrackOptions tracking;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    RunConfig config = Usage.of(spec, () -> RunConfig.of(RunOptions.given(spec.commandLine())));
    Usage.check(spec, config::requireFits);
    Targets targets = Usage.of(spec, () -> tracking.resolve(System.getenv()));
    PrintWriter out = spec.commandLine().getOut();
    long start = System.nanoTime();
    Dataset dataset = RunData.open(config, line -> notice(out, line));
    Settings settings = config.settings();
    TaskSequence tasks =
        Usage.of(spec, () -> Experiment.tasks(settings, dataset, settings.protocol().seed()));
    Sequential layers =
        Usage.of(
            spec,
            () -> {
              Sequential model =
                  Experiment.layers(settings, config.plugins(), dataset, tasks.split().classes());
              config.plugins().strategies().require(settings, model, tasks.split());
              return model;
            });
    try (Backend backend =
            Devices.open(config.device(), config.threads(), line -> notice(out, line));
        RunFolder folder =
            options.out.isPresent()
                ? RunFolder.at(options.out.get(), options.overwrite)
                : RunFolder.next(Path.of("runs"))) {
      header(out, config, dataset, tasks, layers, backend, folder);
      BestEffort extras = new BestEffort(folder, line -> notice(out, line));
      RunWriter writer =
          new RunWriter(
              folder, extras, config.plugins().strategies(), tasks.split(), tasks.labelNames());
      writer.writeStart(
          config.toMap(),
          ProtocolCard.of(
              config.toMap(),
              settings.strategies(),
              config.plugins().strategies(),
              tasks,
              layers.parameters().stream().mapToLong(p -> p.shape().elements()).sum(),
              settings.recipe().input(dataset.train()).normalisation().text(),
              backend.description()),
          Environment.now(
              spec.commandLine().getParseResult().originalArgs(),
              backend.description(),
              config.threads()));
      writer.problemWithPictures().ifPresent(line -> notice(out, line));
      StopRequest stop = new StopRequest();
      List<RunEvent.StrategyDiverged> diverged = new ArrayList<>();
      List<StrategyRun> runs;
      Tracking tracked = targets.open(folder.path(), config.toMap(), line -> notice(out, line));
      try (InterruptKey _ = InterruptKey.listen(stop, System.err);
          tracked) {
        // Tracking sends pictures that the writer drew; the report reads tables that it wrote.
        Consumer<RunEvent> consumers =
            new Screen(out, Screen.isTerminal())
                .andThen(writer)
                .andThen(tracked)
                .andThen(new RunRecorder(extras))
                .andThen(event -> collect(event, diverged))
                .andThen(event -> save(event, folder, extras, settings, dataset))
                .andThen(extras);
        runs = new Experiment(settings, config.plugins(), dataset, backend, consumers, stop).run();
      }
      out.println();
      if (stop.isMade()) {
        out.printf("%s%n", Lines.wrapped("interrupted: what was done is in " + folder.path(), 2));
      }
      if (!runs.isEmpty() || !diverged.isEmpty()) {
        out.println(
            ResultTable.text(
                StrategySummary.of(runs),
                diverged,
                settings.protocol().scenario(),
                config.plugins().strategies()));
        String differences = ResultTable.differences(runs);
        if (!differences.isEmpty()) {
          out.println(differences);
        }
        config
            .protocol()
            .ifPresent(
                protocol ->
                    out.println(
                        AgreementTable.text(
                            protocol,
                            protocol.agreements(
                                runs.stream()
                                    .filter(run -> run.tasks().size() == tasks.tasks().size())
                                    .toList()),
                            protocol.deviations(config.texts()))));
      }
      if (!runs.isEmpty() || stop.isMade()) {
        out.print(
            Lines.row(
                "report " + folder.path().resolve(RunFiles.REPORT),
                "table " + folder.path().resolve(RunFiles.RESULTS),
                Durations.text((System.nanoTime() - start) / 1e9)));
      }
      tracked.incomplete().forEach(name -> extras.lost("records of " + name, "see above"));
      extras.missing().ifPresent(out::println);
      out.flush();
      if (stop.isMade()) {
        return InterruptKey.EXIT_CODE;
      }
      diverged.forEach(one -> spec.commandLine().getErr().println("engram: " + one));
      return runs.isEmpty() || !diverged.isEmpty()
          ? CommandLine.ExitCode.SOFTWARE
          : CommandLine.ExitCode.OK;
    }
  }

  /**
   * After each task the page is made anew, so that a run that is interrupted, by whatever, leaves
   * the report of what it reached, be it the epochs of its first task alone; the network that a
   * strategy ended with, or was stopped with, is saved.
   */
  private static void save(
      RunEvent event, RunFolder folder, BestEffort extras, Settings settings, Dataset dataset) {
    try {
      if (event instanceof RunEvent.TaskEvaluated
          || event instanceof RunEvent.StrategyDiverged
          || event instanceof RunEvent.ExperimentFinished ended && ended.interrupted()) {
        Path page = folder.path().resolve(RunFiles.REPORT);
        extras.make(RunFiles.REPORT, () -> Report.write(List.of(folder.path()), page));
      } else if (event
          instanceof
          RunEvent.TrainingEnded(String strategy, long seed, Network network, boolean byLogits)) {
        List<String> classes = Experiment.tasks(settings, dataset, seed).labelNames();
        new CheckpointNotes(
                strategy,
                seed,
                settings.recipe().input(dataset.train()).normalisation().text(),
                classes.subList(0, Math.min(network.classes(), classes.size())),
                byLogits)
            .save(network, folder.path().resolve(RunFiles.checkpoint(strategy, seed)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void collect(RunEvent event, List<RunEvent.StrategyDiverged> diverged) {
    if (event instanceof RunEvent.StrategyDiverged one) {
      diverged.add(one);
    }
  }

  private static void notice(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static void header(
      PrintWriter out,
      RunConfig config,
      Dataset dataset,
      TaskSequence tasks,
      Sequential layers,
      Backend backend,
      RunFolder folder) {
    Settings s = config.settings();
    Settings.Protocol protocol = s.protocol();
    String seeds =
        protocol.seeds() == 1
            ? "seed " + protocol.seed()
            : "seeds %d to %d".formatted(protocol.seed(), protocol.seed() + protocol.seeds() - 1);
    long parameters = layers.parameters().stream().mapToLong(p -> p.shape().elements()).sum();
    line(
        out,
        "Engram " + Version.text(),
        "%s, Java %d",
        backend.description(),
        Runtime.version().feature());
    line(
        out,
        "data",
        "%s: %d classes, %,d train, %,d test, %d x %d %s",
        dataset.description(),
        dataset.classes(),
        dataset.train().size(),
        dataset.test().size(),
        dataset.train().height(),
        dataset.train().width(),
        dataset.train().channels() == 1 ? "grey" : "colour");
    line(out, "network", "%s, %,d parameters", s.recipe().network(), parameters);
    line(
        out,
        "protocol",
        "%s, %d tasks (%s), buffer %s, alpha %s, T %s, %s, %s",
        protocol.scenario(),
        tasks.tasks().size(),
        tasks.split().sizes(),
        s.rehearsal().capacity(),
        trimmed(s.rehearsal().alpha()),
        trimmed(s.rehearsal().temperature()),
        length(s.training()),
        seeds);
    // What of a published protocol was changed is said at once.
    config
        .protocol()
        .ifPresent(followed -> line(out, "published", "%s", followed.nameOf(config.texts())));
    if (s.recipe().pixels() == PixelScale.CHANNEL) {
      line(out, "pixels", "%s", s.recipe().pixels().of(dataset.train()).text());
    }
    line(out, "run", "%s", folder.path());
    out.println();
    out.flush();
  }

  /** A line of the header; what does not fit the screen goes on below. */
  private static void line(PrintWriter out, String name, String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    out.print(Lines.wrapped("%-12s %s".formatted(name, text), 13));
  }

  private static String length(Settings.Training training) {
    if (training.iterations() > 0) {
      return training.iterations() + " iterations";
    }
    return training.epochs() + (training.epochs() == 1 ? " epoch" : " epochs");
  }

  private static String trimmed(float value) {
    return value == Math.rint(value) ? String.valueOf((int) value) : String.valueOf(value);
  }
}
