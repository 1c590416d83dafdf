package engram.bench.step;

import engram.backend.Backend;
import engram.bench.console.Subcommand;
import engram.bench.measure.Limits;
import engram.bench.measure.MeasuredStep;
import engram.bench.measure.Roof;
import engram.bench.run.RunOptions;
import engram.bench.subject.Subject;
import engram.inspect.Profiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram step}: one training step under glass. */
@Command(
    name = "step",
    modelTransformer = RunOptions.class,
    description = {"Shows one training step.", ""},
    footer = {"  engram step"})
public final class StepCommand extends Subcommand {
  @Option(names = "--out", paramLabel = "FILE", description = "the page (step.html)")
  private Path target = Path.of("step.html");

  @Spec private CommandSpec spec;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    Map<String, String> given = given(() -> RunOptions.given(spec.commandLine()));
    Subject subject = given(() -> Subject.of(spec.commandLine(), Optional.empty(), err()::println));
    long t0 = System.nanoTime();
    int batch = Integer.parseInt(given.getOrDefault("batch", "4"));
    MeasuredStep step =
        new MeasuredStep(
            subject.layers(), subject.images(), batch, false, !given.containsKey("no-fusion"));
    try (Backend backend =
        open(given.getOrDefault("device", "auto"), Subcommand.threads(Optional.empty()), err())) {
      Glass glass =
          Glass.of(subject.toString(), List.of(backend.description()), step.training(backend, 1));
      System.err.println("captured " + (System.nanoTime() - t0) / 1e9);
      int[] kept = Packed.kept(glass.run());
      List<Differences.Entry> differences =
          Differences.of(glass.recording(), glass.run().before(), t -> t.shape().elements());
      System.err.println("differences " + (System.nanoTime() - t0) / 1e9);
      Packed packed = Packed.of(glass.run());
      System.err.println("packed " + (System.nanoTime() - t0) / 1e9);
      List<Profiler.Row> rows = Profiler.profile(glass.plan(), 20, 10);
      System.err.println("profiled " + (System.nanoTime() - t0) / 1e9);
      Optional<Limits> limits = Limits.of(backend, Subcommand.threads(Optional.empty()));
      Optional<Roof> roof = limits.map(l -> new Roof(l.gigaflops(), l.gigabytes()));
      limits.ifPresent(Limits::close);
      System.err.println("roof " + (System.nanoTime() - t0) / 1e9);
      StepPage.write(StagesOf.stages(glass, rows, roof, differences, List.of()), packed, target);
      System.err.println("written " + (System.nanoTime() - t0) / 1e9);
    }
    return true;
  }
}
