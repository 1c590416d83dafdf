package engram.bench.look;

import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.bench.measure.Update;
import engram.bench.subject.StepOptions;
import engram.bench.subject.Subject;
import engram.bench.subject.SubjectOptions;
import engram.nn.summary.Bytes;
import engram.nn.summary.Summary;
import engram.nn.train.StepMemory;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram summary}: the layers of a network and what they cost. */
@Command(
    name = "summary",
    modelTransformer = SubjectOptions.class,
    description = {
      "Shows the layers of a network, fitted to the images that it is to learn: shapes, parameters,"
          + " multiply-adds and memory, and a text that  --network  takes for the same network.",
      ""
    },
    footer = {
      "  engram summary",
      "  engram summary --network mlp --data mnist:PATH",
      "  engram summary --network bn-deep --batch 64",
      "  engram summary --network MyNet.java --data folder:PATH"
    })
public final class SummaryCommand extends Subcommand {
  @Spec private CommandSpec spec;

  @Option(names = "--batch", paramLabel = "N", description = "images (1)")
  private int batch = 1;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "classes (those of the data; without data " + Subject.CLASSES + ")")
  private Optional<Integer> classes = Optional.empty();

  @Override
  protected boolean run(PrintWriter out) {
    requireWithin("--batch", batch, 1, StepOptions.MOST_IMAGES);
    Subject subject = given(() -> Subject.of(spec.commandLine(), classes, err()::println));
    Summary summary = given(() -> Summary.of(subject.layers(), batch));
    out.print(Lines.wrapped(subject.toString(), 2));
    out.print(Lines.wrapped(memory(subject), 2));
    out.print(summary);
    return true;
  }

  /** What training takes, or why no plan of it can be made. */
  private String memory(Subject subject) {
    StepMemory memory;
    try {
      memory = StepMemory.of(subject.layers(), Update.USUAL.optimiser(), batch);
    } catch (IllegalArgumentException tooLarge) {
      return "no training step: " + tooLarge.getMessage();
    }
    return ("a training step with Adam holds %s: %s of values that share space, %s of parameters,"
            + " gradients, moments and the batch; a process that does nothing else takes about %s")
        .formatted(
            Bytes.text(memory.numbers()),
            Bytes.text(memory.values()),
            Bytes.text(memory.kept()),
            Bytes.text(memory.process()));
  }
}
