package engram.bench.step;

import engram.backend.Backend;
import engram.bench.console.Lines;
import engram.bench.console.Screen;
import engram.bench.console.Subcommand;
import engram.bench.measure.Limits;
import engram.bench.measure.Roof;
import engram.bench.run.Moment;
import engram.bench.run.RunConfig;
import engram.bench.run.RunOptions;
import engram.bench.subject.StepOptions;
import engram.bench.subject.Subject;
import engram.cl.experiment.Position;
import engram.cl.settings.Kind;
import engram.inspect.Profiler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram step}: one training step under glass. */
@Command(
    name = "step",
    modelTransformer = RunOptions.class,
    description = {
      "Shows one training step whole: how it was recorded, differentiated, fused and planned, and"
          + " every number of it as it ran. Writes one HTML file that needs nothing else; with"
          + " --terminal the same is a session with keys.",
      "Without more it is the first step of a new network on noise, or on images of --data, four of"
          + " them. With --strategies it is a step of that strategy, and what comes before it is"
          + " trained first. With a folder it is a step of that run.",
      ""
    },
    footer = {
      "  engram step                                         the reference network",
      "  engram step --network \"mlp 16 1\" --data digits --terminal",
      "  engram step --against no-fusion                     what fusion changes",
      "  engram step --against device:reference              node by node on another device",
      "  engram step --strategies er --data digits --task 2  the first step of task 2",
      "  engram step runs/run7 --at er:1:3:117               er, seed 1, task 3, its step 117",
      "  engram step runs/run7 --at er:1:3:1 --against er:1:2:1   as the classifier grew"
    })
public final class StepCommand extends Subcommand {
  /**
   * Images of a step where nobody says how many: all numbers of the reference network fit a page.
   */
  private static final int BATCH = 4;

  /** Runs of which the median time of each op is shown. */
  private static final int TIMED = 3;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "folder of a run, such as runs/run1; needs --at")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "STRATEGY:SEED:TASK:STEP",
      description = "a step of the run; tasks and the steps of a task count from 1")
  private Optional<String> at = Optional.empty();

  @Option(
      names = "--task",
      paramLabel = "N",
      description = "with --strategies: the task, from 1 (1); those before it are trained first")
  private int task = 1;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "with --strategies: the step of the task, from 1 (1)")
  private int step = 1;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "without --strategies: outputs of the network (those of the data, else 43)")
  private Optional<Integer> classes = Optional.empty();

  @Option(
      names = "--against",
      paramLabel = "WHAT",
      description =
          "compare with a second step: seed:N, strategy:NAME, task:N, step:N, classes:N,"
              + " device:NAME, no-fusion, or another place of the run")
  private Optional<String> against = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", description = "the page (step.html)")
  private Path target = Path.of("step.html");

  @Option(names = "--terminal", description = "a session with keys, no page")
  private boolean terminal;

  @Spec private CommandSpec spec;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    requireWithin("--task", task, 1, 10_000);
    requireWithin("--step", step, 1, 1_000_000_000);
    require(folder.isPresent() == at.isPresent(), "a folder and --at go together");
    Map<String, String> options = given(() -> RunOptions.given(spec.commandLine()));
    Optional<Against> second = against.map(text -> given(() -> Against.parse(text)));
    RunConfig config;
    StepSource source;
    Screen screen = new Screen(out, Screen.isTerminal());
    if (folder.isPresent()) {
      Position place = given(() -> Moment.place(at.orElseThrow()));
      Moment moment = given(Moment.of(folder.get(), place, options)::require);
      config = moment.config();
      source = new FormerStep(moment, screen, err()::println);
    } else if (options.containsKey("strategies")) {
      require(
          Kind.parts(options.get("strategies")).size() == 1,
          "--strategies: name one, whose step is shown; a second one is --against strategy:NAME");
      config = given(() -> RunConfig.of(options));
      Map<String, String> one = new HashMap<>(options);
      one.put("seeds", "1");
      source = new LearntStep(one, task, step, screen, err()::println);
    } else {
      config = given(() -> RunConfig.of(options));
      source = sample(options, config);
    }
    try (Backend backend = open(config.device(), config.threads(), err())) {
      show(source, second, backend, config.threads(), out);
    }
    return true;
  }

  private StepSource sample(Map<String, String> options, RunConfig config) {
    int batch = options.containsKey("batch") ? config.settings().training().batch() : BATCH;
    requireWithin("--batch", batch, 1, StepOptions.MOST_IMAGES);
    return new SampleStep(
        count -> given(() -> Subject.of(spec.commandLine(), count, err()::println)),
        classes,
        batch,
        config.settings().protocol().seed(),
        config.settings().training().fusion());
  }

  private void show(
      StepSource source, Optional<Against> second, Backend backend, int threads, PrintWriter out)
      throws IOException {
    say("recording and running it");
    Glass glass = source.look(backend);
    List<Stages.Against> others = new ArrayList<>();
    if (second.isPresent()) {
      say("the second step");
      others.add(compare(second.get(), glass, source, backend, threads));
    }
    Packed packed = Packed.of(glass.run());
    say("finite differences");
    List<Differences.Entry> differences =
        Differences.of(glass.recording(), glass.run().before(), packed.keptOf(glass.run()));
    say("times, and the limits of the machine");
    Stages stages =
        StagesOf.stages(glass, times(glass, backend), roof(backend, threads), differences, others);
    if (terminal) {
      BufferedReader keys =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      new StepTerminal(stages, glass.run(), out).run(keys);
      return;
    }
    StepPage.write(stages, packed, target);
    out.print(
        Lines.row(
            "step " + target,
            "%d nodes recorded, %d steps run"
                .formatted(stages.recorded().size(), stages.steps().size())));
    for (Stages.Against other : others) {
      long differ = other.pairs().stream().filter(p -> p.differs(other.tolerance())).count();
      out.print(
          Lines.wrapped(
              "against %s: %d of %d nodes differ"
                  .formatted(other.name(), differ, other.pairs().size()),
              2));
    }
  }

  /** What is under way: it takes seconds, more where tasks are trained first. */
  private void say(String what) {
    err().println("step      " + what);
    err().flush();
  }

  private Stages.Against compare(
      Against second, Glass glass, StepSource source, Backend backend, int threads)
      throws IOException {
    if (!List.of("device", "no-fusion").contains(second.what())) {
      given(() -> source.with(second.what(), second.value()));
    }
    return second.of(
        glass, source, backend, name -> open(name, name.equals("reference") ? 1 : threads, err()));
  }

  /**
   * The definitions are slow and do not warm up: one run is enough. Others are: Java has compiled
   * much of them while differences were computed.
   */
  private static List<Profiler.Row> times(Glass glass, Backend backend) {
    return backend.name().equals("reference")
        ? Profiler.profile(glass.plan(), 0, 1)
        : Profiler.profile(glass.plan(), 1, TIMED);
  }

  private static Optional<Roof> roof(Backend backend, int threads) {
    if (backend.name().equals("reference")) {
      return Optional.empty();
    }
    Optional<Limits> limits = Limits.of(backend, threads);
    Optional<Roof> roof = limits.map(l -> new Roof(l.gigaflops(), l.gigabytes()));
    limits.ifPresent(Limits::close);
    return roof;
  }
}
