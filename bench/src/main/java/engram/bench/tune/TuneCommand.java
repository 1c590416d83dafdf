package engram.bench.tune;

import engram.backend.Backend;
import engram.bench.console.Usage;
import engram.bench.record.RunFolder;
import engram.bench.run.FileOptions;
import engram.bench.run.RunConfig;
import engram.bench.run.RunData;
import engram.bench.run.RunOptions;
import engram.data.Dataset;
import engram.device.Devices;
import engram.nn.train.WarmUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram tune}: chooses settings on training images alone. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = RunOptions.class,
    description = {
      "Tries values of options and writes the best ones as a config file for engram run. A fifth of"
          + " each class's training tracks is put aside to measure on; test images are never looked"
          + " at. Only the first tasks are learnt, so that classes of later ones cannot tell what"
          + " suits them either.",
      "A search that was broken off goes on when it is started again with the same --out: trials"
          + " that are done are not repeated.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram tune --strategies er --grid lr=0.001,0.002 --grid epochs=2,4",
      "  engram tune --strategies rehearsal-kd --grid alpha=0.3,0.5,0.7 --halving --out tune/kd",
      "  engram tune --grid strategies=lucir_lambda=2,lucir_lambda=5,lucir_lambda=10",
      "  engram run --config tune/kd/best.yaml"
    })
public final class TuneCommand implements Callable<Integer> {
  @Option(
      names = "--grid",
      paramLabel = "NAME=V1,V2",
      required = true,
      description = "an option of engram run and the values to try; can be given several times")
  private List<String> grid = List.of();

  @Option(
      names = "--first-tasks",
      paramLabel = "K",
      defaultValue = "3",
      description = "learn only the first tasks (3)")
  private int firstTasks = 3;

  @Option(
      names = "--halving",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "false",
      description = {
        "successive halving: all choices with few epochs, the better half",
        "with twice as many, and so on; without it all have all epochs"
      })
  private boolean halving;

  private static final Path TUNE = Path.of("tune");

  @Mixin private FileOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Tuning tuning =
        Usage.of(
            spec,
            () ->
                new Tuning(
                    Grid.parse(grid), RunOptions.given(spec.commandLine()), halving, firstTasks));
    RunConfig base = Usage.of(spec, tuning::base);
    if (options.overwrite) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--overwrite is not for tune, which goes on with the search in --out; name a new folder");
    }
    if (options.out.isPresent()) {
      RunFolder.requireFree(options.out.get());
    } else {
      RunFolder.requireCreatable(TUNE);
    }
    try (Backend backend =
            Usage.of(spec, () -> Devices.open(base.device(), base.threads(), out::println));
        WarmUp warmUp = base.warmUp(backend)) {
      Dataset dataset = RunData.open(base, out::println);
      Usage.check(spec, () -> tuning.requireTasks(dataset));
      warmUp.finish();
      try (RunFolder folder =
          options.out.isPresent()
              ? RunFolder.goOnIn(options.out.get())
              : RunFolder.next(TUNE, "tune")) {
        tuning.run(dataset, backend, folder, out);
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
