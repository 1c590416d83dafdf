package engram.bench.sweep;

import engram.bench.console.Usage;
import engram.bench.track.Targets;
import engram.bench.track.TrackOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram sweep}: many runs, here or on many machines, each of them once. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs all that a plan says: every strategy with every seed in every setting, each a unit with"
          + " a run folder of its own. Started again, it goes on: what is finished is not run"
          + " again.",
      "A plan is a YAML file; bench/SWEEP.md says more:",
      "",
      "  base:                    # options of engram run",
      "    data: gtsrb:data/gtsrb",
      "  grid:                    # options with values to try",
      "    strategies: [er, icarl, lucir@herding]",
      "    buffer: [200, 500]",
      "  seeds: 1..10",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram sweep plan.yaml                       one unit after the other",
      "  engram sweep plan.yaml --parallel 4          four at once, the threads shared out",
      "  engram sweep plan.yaml --list                how far each unit is",
      "  engram sweep plan.yaml --shard 3/20          a twentieth of the units",
      "  engram sweep plan.yaml --job slurm > job.sh  for sbatch; kubernetes for kubectl",
      "  engram sweep plan.yaml --on local[2]         on Apache Spark, see bench/spark",
      "  engram report sweeps/plan                    one page of all"
    })
public final class SweepCommand implements Callable<Integer> {
  /** Where nobody says how many: enough for a cluster to spread, few enough for its queue. */
  private static final int USUAL_SHARDS = 20;

  private static final int USUAL_THREADS = 4;

  @Parameters(paramLabel = "PLAN.yaml", description = "what to run")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the sweep (sweeps/NAME, by the name of the plan)")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--list", description = "show all units and how far they are; run nothing")
  private boolean list;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many units at once; they share the threads (1)")
  private int parallel = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of all together (the plan's, or all)")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--shard",
      paramLabel = "K/N",
      description = {
        "only the K-th of N parts of the units; in a job array of",
        "Slurm or an indexed job of Kubernetes it is known"
      })
  private Optional<String> shard = Optional.empty();

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "how many parts there are, where only the number of this one is known")
  private Optional<Integer> shards = Optional.empty();

  @Option(names = "--retry", description = "try units again that were broken")
  private boolean retry;

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description = "print a job file for slurm or kubernetes; run nothing")
  private Optional<JobFile.Kind> job = Optional.empty();

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      description = {
        "have Apache Spark run the units: local[2], spark://HOST:7077,",
        "yarn, k8s://..., as its --master; see bench/spark/README.md"
      })
  private Optional<String> on = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description =
          "with --on: folder of the sweep, any that Hadoop knows, as hdfs:///sweep (--out)")
  private Optional<String> to = Optional.empty();

  @Mixin private TrackOptions tracking;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    if (to.isPresent() && on.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--to goes with --on; without it the folder is --out");
    }
    atLeastOne("parallel", Optional.of(parallel));
    atLeastOne("threads", threads);
    atLeastOne("shards", shards);
    Targets targets = Usage.of(spec, () -> tracking.resolve(System.getenv()));
    SweepPlan plan = read();
    SweepFolder folder = new SweepFolder(out.orElse(SweepFolder.usual(file)));
    if (job.isPresent()) {
      int jobs = shards.orElse(Math.min(USUAL_SHARDS, plan.units().size()));
      screen.print(
          new JobFile(file, folder.path(), plan.units().size(), jobs, threads.orElse(USUAL_THREADS))
              .text(job.get()));
      screen.flush();
      return CommandLine.ExitCode.OK;
    }
    if (on.isPresent()) {
      Usage.of(spec, this::aloneWithOn);
      SweepEngine engine = engine();
      check(plan, data(screen));
      String place = to.orElseGet(() -> folder.path().toAbsolutePath().toUri().toString());
      return engine.run(new SweepEngine.Order(plan, on.get(), place, threads, retry), screen);
    }
    Shard part = Usage.of(spec, this::shard);
    if (list) {
      SequencedMap<SweepUnit, UnitState> states = folder.states(part.of(plan.units()));
      screen.printf(
          "%d units in %s: %s%n%n", states.size(), folder.path(), UnitList.counts(states.values()));
      screen.print(UnitList.text(states));
      screen.flush();
      return CommandLine.ExitCode.OK;
    }
    OpenData data = data(screen);
    check(plan, data);
    return new SweepSession(plan, part, folder, parallel, threads.orElse(plan.threads()), retry)
        .run(data, targets, screen);
  }

  /** A list shows all units even within a job, unless a shard is asked for. */
  private Shard shard() {
    return shard
        .map(Shard::parse)
        .orElseGet(() -> list ? Shard.ALL : Shard.of(System.getenv(), shards));
  }

  /** What has no meaning where other machines share the units out. */
  private String aloneWithOn() {
    String given =
        List.of("--list", "--parallel", "--shard", "--shards", "--track").stream()
            .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
            .findFirst()
            .orElse("");
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(given + " does not go with --on: leave one out");
    }
    return given;
  }

  private SweepEngine engine() {
    return SweepEngine.find()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    """
                    --on needs Apache Spark, which is not in this program. Build it once:
                      mvn -q -Pspark -DskipTests package
                    and start it as  bench/spark/engram-spark sweep %s --on %s\
                    """
                        .formatted(file, on.orElse("local[2]"))));
  }

  private static OpenData data(PrintWriter screen) {
    return new OpenData(
        line -> {
          screen.println(line);
          screen.flush();
        });
  }

  private void check(SweepPlan plan, OpenData data) {
    try {
      PlanCheck.check(plan, data);
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  private SweepPlan read() {
    try {
      return SweepPlan.read(file);
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  private ParameterException wrong(IOException inPlan) {
    return new ParameterException(spec.commandLine(), String.valueOf(inPlan.getMessage()), inPlan);
  }

  private void atLeastOne(String option, Optional<Integer> value) {
    if (value.orElse(1) < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d, expected 1 or more".formatted(option, value.get()));
    }
  }
}
