package engram.bench.subject;

import engram.bench.console.Usage;
import engram.bench.measure.MeasuredStep;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The training step that is looked at; the command has {@link SubjectOptions}, too. */
public final class StepOptions {
  /** Of a batch that a command looks at. */
  public static final int MOST_IMAGES = 16_384;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--batch", paramLabel = "N", description = "images (64)")
  private int batch = 64;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "classes (those of the data; without data " + Subject.CLASSES + ")")
  private Optional<Integer> classes = Optional.empty();

  @Option(
      names = "--kd",
      description = "with a teacher and distillation, as rehearsal-kd trains; else cross-entropy")
  private boolean distil;

  @Option(names = "--no-fusion", description = "every op as it was recorded")
  private boolean noFusion;

  /** The step; what does not fit together is wrong usage. */
  public MeasuredStep step() {
    return Usage.of(
        command,
        () -> {
          if (batch < 1 || batch > MOST_IMAGES) {
            throw new IllegalArgumentException(
                "--batch is %d, expected 1 to %d".formatted(batch, MOST_IMAGES));
          }
          Subject subject =
              Subject.of(command.commandLine(), classes, command.commandLine().getErr()::println);
          return new MeasuredStep(subject.layers(), subject.images(), batch, distil, !noFusion);
        });
  }
}
