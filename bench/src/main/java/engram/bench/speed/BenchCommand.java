package engram.bench.speed;

import engram.backend.Backend;
import engram.bench.console.Subcommand;
import engram.bench.record.RunFolder;
import engram.bench.subject.StepOptions;
import engram.bench.subject.Subject;
import engram.bench.subject.SubjectOptions;
import engram.bench.suite.BenchCase;
import engram.bench.suite.BenchCases;
import engram.bench.suite.Job;
import engram.bench.suite.Suite;
import engram.cl.settings.Choice;
import engram.device.Devices;
import engram.op.Op;
import engram.op.OpCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram bench}: how fast it is, against what the machine allows. */
@Command(
    name = "bench",
    modelTransformer = SubjectOptions.class,
    description = {
      "Measures speed, each figure beside the limits of the machine measured in the same process.",
      "Without --step, --inference, --peers or --ladder runs the benchmark suite: every declared"
          + " case of every op, ops at the sizes of the reference network, the training step, and"
          + " loading, each in processes of its own, its output verified first. Writes bench.csv,"
          + " bench.md and roofline.png to a new folder.",
      ""
    },
    footer = {
      "  engram bench --step                   training images a second",
      "  engram bench --inference --batch 256",
      "  engram bench --step --network lenet --data mnist:PATH",
      "  engram bench --peers --network resnet32 --classes 10",
      "  engram bench --quick --op conv2d       one op, one process a case",
      "  engram bench --large                   the sizes that matter; 20 minutes",
      "  engram bench --device vector,reference   all of it; takes hours",
    })
public final class BenchCommand extends Subcommand {
  /** What is measured; one of them. */
  static final class Kind {
    @Option(names = "--step", description = "the whole training step, in this process")
    private boolean step;

    @Option(names = "--inference", description = "the forward pass, in this process")
    private boolean inference;

    @Option(
        names = "--peers",
        description =
            "training and inference beside libtorch; with the reference network matrix products"
                + " beside OpenBLAS, too")
    private boolean peers;

    @Option(names = "--ladder", description = "the steps of bench/LADDER.md, on one thread")
    private boolean ladder;
  }

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Kind kind = new Kind();

  @Option(
      names = "--op",
      paramLabel = "NAME",
      split = "\\s*,\\s*",
      description = "the suite for these ops alone, or for single cases, such as conv2d/net-0")
  private List<String> ops = List.of();

  @Option(
      names = "--large",
      description =
          "the suite for ops at the reference network's sizes and square products alone; 20"
              + " minutes")
  private boolean large;

  @Option(names = "--quick", description = "one fork and short iterations: for a first look")
  private boolean quick;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "processes for each benchmark of the suite (3)")
  private int forks = 3;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "where the suite makes its folder benchN (runs)")
  private Path runs = Path.of("runs");

  @Option(names = "--batch", paramLabel = "N", description = "images (64)")
  private int batch = 64;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "classes (those of the data; without data " + Subject.CLASSES + ")")
  private Optional<Integer> classes = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      split = "\\s*,\\s*",
      description = "vector, plain, reference, opencl, opencl:PLATFORM.DEVICE, auto (vector)")
  private List<String> devices = List.of("vector");

  @Option(names = "--threads", paramLabel = "N", description = "threads (all processors, up to 64)")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "time of --step and --inference, and of each of --peers and --ladder; the second half"
              + " counts (10)")
  private double seconds = 10;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    requireWithin("--batch", batch, 1, StepOptions.MOST_IMAGES);
    requireWithin("--seconds", seconds, 0.01, 86_400);
    int team = threads(threads);
    requireWithin("--threads", team, 1, 64);
    devices.forEach(
        device ->
            given(
                () -> {
                  Devices.requireName(device);
                  return device;
                }));
    if (kind.peers) {
      Subject subject = given(() -> Subject.of(spec.commandLine(), classes, out::println));
      PeerRun.of(out, subject).run(batch, team, seconds);
      return true;
    }
    if (kind.ladder) {
      LadderRun.run(out, seconds);
      return true;
    }
    return kind.step || kind.inference ? step(out, team) : suite(out, team);
  }

  private boolean suite(PrintWriter out, int team) throws IOException {
    requireWithin("--forks", forks, 1, 100);
    List<String> measured =
        devices.stream().map(d -> d.equals("auto") ? Devices.autoName() : d).toList();
    List<Job> jobs = ops.isEmpty() && !large ? Job.all(measured) : Job.ops(chosen(), measured);
    try (RunFolder folder = RunFolder.next(runs, "bench")) {
      return new SuiteRun(out, folder)
          .run(quick ? Suite.quick(team) : Suite.full(forks, team), jobs);
    }
  }

  private List<BenchCase> chosen() {
    List<BenchCase> cases = new ArrayList<>();
    for (String op : ops) {
      List<BenchCase> ofOp = BenchCases.ofOp(op);
      if (ofOp.isEmpty()) {
        given(
            () -> {
              throw Choice.unknown("op", op, opNames());
            });
      }
      cases.addAll(ofOp);
    }
    List<BenchCase> wanted =
        (ops.isEmpty() ? BenchCases.all() : cases)
            .stream().filter(c -> c.isLarge() || !large).toList();
    require(
        !wanted.isEmpty(), "the network does not use " + String.join(", ", ops) + "; no --large");
    return wanted;
  }

  private static List<String> opNames() {
    return OpCatalog.OPS.stream().map(Op::name).distinct().toList();
  }

  private boolean step(PrintWriter out, int team) {
    require(devices.size() == 1, "--step and --inference measure one --device at a time");
    try (Backend backend = open(devices.getFirst(), team, out)) {
      Subject subject = given(() -> Subject.of(spec.commandLine(), classes, out::println));
      StepSpeed speed = new StepSpeed(out, seconds, subject);
      int computing = backend.name().equals("reference") ? 1 : team;
      if (kind.inference) {
        speed.inference(backend, computing, batch);
      } else {
        speed.training(backend, computing, batch);
      }
    }
    return true;
  }
}
