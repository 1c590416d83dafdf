package engram.bench.speed;

import engram.backend.Backend;
import engram.bench.measure.ReferenceStep;
import engram.device.Devices;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram bench}: how fast it is, against what the machine allows. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {"Measures speed.", ""},
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram bench --step                   training images a second",
      "  engram bench --inference --batch 256",
    })
public final class BenchCommand implements Callable<Integer> {
  /** What is measured; one of them. */
  static final class Kind {
    @Option(names = "--step", description = "the whole training step, in this process")
    @SuppressWarnings("UnusedVariable") // one of the group must be given: it is what remains
    private boolean step;

    @Option(names = "--inference", description = "the forward pass, in this process")
    private boolean inference;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Kind kind = new Kind();

  @Option(names = "--batch", paramLabel = "N", defaultValue = "64", description = "images (64)")
  private int batch = 64;

  @Option(names = "--classes", paramLabel = "N", defaultValue = "43", description = "classes (43)")
  private int classes = 43;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      split = ",",
      description = "vector, plain, reference (vector)")
  private List<String> devices = List.of("vector");

  @Option(names = "--threads", paramLabel = "N", description = "threads (all processors, up to 64)")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "time of --step and --inference; the second half counts (10)")
  private double seconds = 10;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    require(batch >= 1, "--batch is " + batch + ", expected 1 or more");
    require(classes >= 2, "--classes is " + classes + ", expected 2 or more");
    require(seconds > 0, "--seconds is " + seconds + ", expected more than 0");
    int team = threads.orElseGet(() -> Math.min(64, Runtime.getRuntime().availableProcessors()));
    require(team >= 1 && team <= 64, "--threads is " + team + ", expected 1 to 64");
    for (String device : devices) {
      require(
          Devices.NAMES.contains(device),
          "there is no device \"%s\"; choose one of %s"
              .formatted(device, String.join(", ", Devices.NAMES)));
    }
    return step(team);
  }

  private int step(int team) {
    require(devices.size() == 1, "--step and --inference measure one --device at a time");
    PrintWriter out = spec.commandLine().getOut();
    ReferenceStep setup = new ReferenceStep(batch, classes, false, true);
    StepSpeed speed = new StepSpeed(out, seconds);
    try (Backend backend = Devices.open(devices.getFirst(), team, out::println)) {
      int computing = backend.name().equals("reference") ? 1 : team;
      if (kind.inference) {
        speed.inference(backend, computing, setup);
      } else {
        speed.training(backend, computing, setup);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
