package engram.bench.run;

import engram.backend.Backend;
import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.console.ResultTable;
import engram.bench.console.Screen;
import engram.bench.console.StopSignals;
import engram.bench.console.Usage;
import engram.bench.console.Version;
import engram.bench.protocol.AgreementTable;
import engram.bench.record.RunFiles;
import engram.bench.record.RunFolder;
import engram.bench.record.StateFiles;
import engram.bench.track.Targets;
import engram.bench.track.TrackOptions;
import engram.cl.experiment.StopRequest;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.settings.Settings;
import engram.cl.stream.PixelScale;
import engram.data.Dataset;
import engram.device.Devices;
import engram.nn.train.WarmUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  engram run --doctor --lr 3                      what is wrong with a training",
      "  engram run --live                              watch accuracies fall and recover",
      "  engram run --track tensorboard,wandb           see bench/TRACKING.md",
      "  engram run --config runs/run1/config.yaml --seed 2",
      "  engram run --resume runs/run1                  after Ctrl-C, a kill, a power cut"
    })
public final class RunCommand implements Callable<Integer> {
  private static final Path RUNS = Path.of("runs");

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "go on with the run in this folder, as if it had never been interrupted")
  private Optional<Path> resume = Optional.empty();

  @Option(
      names = "--doctor",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "false",
      description = "watch the training, and say what is wrong with it; see bench/DOCTOR.md")
  private boolean doctor;

  @Option(
      names = "--live",
      arity = "0..1",
      fallbackValue = "0",
      paramLabel = "PORT",
      description =
          "watch it learn and forget in a browser of this machine, step by step; the page stays"
              + " in the folder as live.html")
  private Optional<Integer> live = Optional.empty();

  @Mixin private FileOptions options;
  @Mixin private TrackOptions tracking;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Map<String, String> given = Usage.of(spec, () -> RunOptions.given(spec.commandLine()));
    Targets targets = Usage.of(spec, () -> tracking.resolve(System.getenv()));
    PrintWriter out = spec.commandLine().getOut();
    if (resume.isEmpty()) {
      return carryOut(Usage.of(spec, () -> RunConfig.of(given)), targets, out);
    }
    if (options.config.isPresent() || options.out.isPresent() || options.overwrite) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--resume goes on in its folder, with the config.yaml there: leave out --config, --out"
              + " and --overwrite");
    }
    FormerRun former = new FormerRun(resume.get());
    RunConfig config;
    try {
      config = former.config(given);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (former.isDone()) {
      notice(out, "%s is done: there is nothing left to do".formatted(former.folder()));
      return CommandLine.ExitCode.OK;
    }
    return carryOut(config, targets, out);
  }

  /** What the folder would be refused for, before the data are read. */
  private void requireFolder() throws IOException {
    if (resume.isPresent()) {
      RunFolder.requireFree(resume.get());
    } else if (options.out.isPresent()) {
      RunFolder.require(options.out.get(), options.overwrite);
    } else {
      RunFolder.requireCreatable(RUNS);
    }
  }

  private RunFolder folder() throws IOException {
    if (resume.isPresent()) {
      return RunFolder.goOnIn(resume.get());
    }
    return options.out.isPresent()
        ? RunFolder.at(options.out.get(), options.overwrite)
        : RunFolder.next(RUNS);
  }

  private int carryOut(RunConfig config, Targets targets, PrintWriter out) throws IOException {
    Usage.check(spec, config::requireFits);
    long start = System.nanoTime();
    requireFolder();
    try (Backend backend =
            Usage.of(
                spec,
                () -> Devices.open(config.device(), config.threads(), line -> notice(out, line)));
        WarmUp warmUp = config.warmUp(backend)) {
      Dataset dataset = RunData.open(config, line -> notice(out, line));
      OpenRun run = Usage.of(spec, () -> OpenRun.of(config, dataset));
      run.await(warmUp);
      try (RunFolder folder = folder()) {
        return carryOut(run, backend, folder, targets, start);
      }
    }
  }

  private int carryOut(OpenRun run, Backend backend, RunFolder folder, Targets targets, long start)
      throws IOException {
    RunConfig config = run.config();
    PrintWriter out = spec.commandLine().getOut();
    header(out, run, backend, folder);
    StopRequest stop = new StopRequest();
    List<String> command = spec.commandLine().getParseResult().originalArgs();
    RunExecution.Outcome outcome;
    int exitCode = CommandLine.ExitCode.OK;
    try (StopSignals signals = StopSignals.listen(stop, System.err)) {
      Screen screen = new Screen(out, Screen.isTerminal());
      RunExecution execution =
          new RunExecution(
              run,
              backend,
              folder,
              targets,
              stop,
              StateFiles.Pace.USUAL,
              screen.andThen(_ -> signals.renew()),
              line -> notice(out, line));
      live.ifPresent(execution::showLive);
      if (doctor) {
        execution.consultDoctor(screen::say);
      }
      outcome = resume.isPresent() ? execution.goOn(command) : execution.begin(command);
      if (outcome.interrupted()) {
        exitCode = signals.exitCode();
      }
    }
    List<StrategyRun> runs = outcome.runs();
    out.println();
    if (outcome.interrupted()) {
      out.print(Lines.wrapped("interrupted: what was done is in " + folder.path(), 2));
      out.printf("%s%n", Lines.wrapped("go on with  engram run --resume " + folder.path(), 2));
    }
    if (!runs.isEmpty() || !outcome.diverged().isEmpty()) {
      out.println(
          ResultTable.text(
              StrategySummary.of(runs),
              outcome.diverged(),
              config.settings().protocol().scenario(),
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
                                  .filter(done -> done.tasks().size() == run.tasks().tasks().size())
                                  .toList()),
                          protocol.deviations(config.texts()))));
    }
    if (!runs.isEmpty() || outcome.interrupted()) {
      out.print(
          Lines.row(
              "report " + folder.path().resolve(RunFiles.REPORT),
              "table " + folder.path().resolve(RunFiles.RESULTS),
              Durations.text((System.nanoTime() - start) / 1e9),
              outcome.costOfStates()));
    }
    outcome.missing().ifPresent(line -> out.print(Lines.wrapped(line, 2)));
    out.flush();
    if (outcome.interrupted()) {
      return exitCode;
    }
    outcome.diverged().forEach(one -> spec.commandLine().getErr().println("engram: " + one));
    return runs.isEmpty() || !outcome.diverged().isEmpty() || !outcome.complete()
        ? CommandLine.ExitCode.SOFTWARE
        : CommandLine.ExitCode.OK;
  }

  private static void notice(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static void header(PrintWriter out, OpenRun run, Backend backend, RunFolder folder) {
    Settings s = run.config().settings();
    Dataset dataset = run.dataset();
    Settings.Protocol protocol = s.protocol();
    String seeds =
        protocol.seeds() == 1
            ? "seed " + protocol.seed()
            : "seeds %d to %d".formatted(protocol.seed(), protocol.seed() + protocol.seeds() - 1);
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
    line(out, "network", "%s, %,d parameters", s.recipe().network(), run.parameters());
    if (s.training().pretrainingEpochs() > 0) {
      line(
          out,
          "before",
          "%s epochs of pre-training: %s",
          s.training().pretrainingEpochs(),
          s.training().pretraining());
    }
    line(
        out,
        "protocol",
        "%s, %d tasks (%s), buffer %s, alpha %s, T %s, %s, %s",
        protocol.scenario(),
        run.tasks().tasks().size(),
        run.tasks().split().sizes(),
        s.rehearsal().capacity(),
        trimmed(s.rehearsal().alpha()),
        trimmed(s.rehearsal().temperature()),
        length(s.training()),
        seeds);
    // What of a published protocol was changed is said at once.
    run.config()
        .protocol()
        .ifPresent(followed -> line(out, "published", "%s", followed.nameOf(run.config().texts())));
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
