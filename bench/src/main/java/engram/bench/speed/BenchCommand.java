package engram.bench.speed;

import engram.backend.Backend;
import engram.bench.assembly.AssemblyRun;
import engram.bench.compare.DiffCommand;
import engram.bench.console.Subcommand;
import engram.bench.kernel.UserKernel;
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
import java.nio.file.Files;
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
    subcommands = DiffCommand.class,
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
      "  engram bench --large --forks 3         the sizes that matter; a quarter of an hour",
      "  engram bench diff runs/bench1 runs/bench2",
      "  engram bench --kernel MyMatMul.java --op matmul --template",
      "  engram bench --kernel MyMatMul.java --op matmul --quick",
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

    @Option(
        names = "--ladder",
        description =
            "the steps of bench/LADDER.md: in Java on one thread, in OpenCL C with --device opencl")
    private boolean ladder;

    @Option(
        names = "--assembly",
        description =
            "counts of multiply-adds, loads and spills in the hot loops of --op; needs hsdis, and"
                + " says where to get it")
    private boolean assembly;

    @Option(
        names = "--kernel",
        paramLabel = "FILE",
        description =
            "a kernel of yours for --op, FILE.java or FILE.cl: checked on every declared case,"
                + " timed beside ours on one thread")
    private Optional<Path> kernel = Optional.empty();
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
      names = "--template",
      description = "write FILE of --kernel with a plain loop for --op, to begin with")
  private boolean template;

  @Option(
      names = "--large",
      description = "the suite for ops at the reference network's sizes and square products alone")
  private boolean large;

  @Option(names = "--quick", description = "one fork and short iterations: for a first look")
  private boolean quick;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "processes for each benchmark of the suite (15, as bench diff needs; 3 for a look)")
  private int forks = Suite.FORKS;

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
  private List<String> stated = List.of();

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
    List<String> devices = devices();
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
      return ladder(out, team, devices);
    }
    if (kind.kernel.isPresent()) {
      return kernel(out, kind.kernel.get(), devices);
    }
    if (kind.assembly) {
      return AssemblyRun.run(out, ops.isEmpty() ? chosen(AssemblyRun.USUAL) : chosen(ops), seconds);
    }
    require(!template, "--template writes the FILE of --kernel; there is no --kernel");
    return kind.step || kind.inference ? step(out, team, devices) : suite(out, team, devices);
  }

  private boolean ladder(PrintWriter out, int team, List<String> devices) {
    String device = devices.getFirst();
    require(
        devices.size() == 1 && (device.equals("vector") || device.startsWith("opencl")),
        "--ladder climbs in Java, or on one --device opencl");
    if (device.equals("vector")) {
      LadderRun.run(out, seconds);
      return true;
    }
    try (Backend engine = open(device, team, out)) {
      LadderRun.runOpenCl(out, seconds, device, engine);
    }
    return true;
  }

  private List<String> devices() {
    boolean openCl = kind.kernel.map(UserKernel::isOpenCl).orElse(false);
    return stated.isEmpty() ? List.of(openCl ? "opencl" : "vector") : stated;
  }

  private boolean kernel(PrintWriter out, Path file, List<String> devices) throws IOException {
    require(ops.size() == 1, "--kernel takes one --op NAME, such as --op matmul");
    requireWithin("--forks", forks, 1, 100);
    KernelRun kernel = given(() -> KernelRun.of(out, file, ops.getFirst()));
    if (template) {
      require(!Files.exists(file), file + " is there already: nothing is overwritten");
      kernel.writeTemplate();
      return true;
    }
    require(
        Files.exists(file),
        "%s is missing; add --template, and it is written for you to begin with".formatted(file));
    require(
        !UserKernel.isOpenCl(file) || devices.stream().allMatch(d -> d.startsWith("opencl")),
        "an OpenCL kernel runs on --device opencl or opencl:PLATFORM.DEVICE");
    // A method that starts no threads is set beside one thread of ours.
    int team = threads.orElse(1);
    return kernel.run(devices, quick ? Suite.quick(team) : Suite.full(forks, team), runs);
  }

  private boolean suite(PrintWriter out, int team, List<String> devices) throws IOException {
    requireWithin("--forks", forks, 1, 100);
    List<String> measured =
        devices.stream().map(d -> d.equals("auto") ? Devices.autoName() : d).toList();
    List<Job> jobs = ops.isEmpty() && !large ? Job.all(measured) : Job.ops(chosen(ops), measured);
    try (RunFolder folder = RunFolder.next(runs, "bench")) {
      return new SuiteRun(out, folder)
          .run(quick ? Suite.quick(team) : Suite.full(forks, team), jobs);
    }
  }

  private List<BenchCase> chosen(List<String> ops) {
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

  private boolean step(PrintWriter out, int team, List<String> devices) {
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
