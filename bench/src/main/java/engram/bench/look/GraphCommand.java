package engram.bench.look;

import engram.backend.Backend;
import engram.base.WholeFile;
import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.bench.subject.StepOptions;
import engram.bench.subject.SubjectOptions;
import engram.device.Devices;
import engram.graph.Node;
import engram.inspect.Flow;
import engram.inspect.GraphDump;
import engram.inspect.GraphPicture;
import engram.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram graph}: one training step as a graph. */
@Command(
    name = "graph",
    modelTransformer = SubjectOptions.class,
    description = {
      "Shows one training step of a network as a graph: the forward pass, the backward pass that"
          + " automatic differentiation appended to it, and the update. Numbers are those of engram"
          + " explain.",
      ""
    },
    footer = {
      "  engram graph --format svg --out step.svg",
      "  engram graph --format dot --no-fusion | dot -Tpdf -o step.pdf",
      "  engram graph --format json --kd",
      "  engram graph --network mlp --data mnist:PATH"
    })
public final class GraphCommand extends Subcommand {
  private enum Format {
    dot,
    svg,
    json,
    text
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "dot (for Graphviz), svg, json or text (text)")
  private Format format = Format.text;

  @Option(names = "--out", paramLabel = "FILE", description = "write here instead of the screen")
  private Optional<Path> target = Optional.empty();

  @Mixin private StepOptions options;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    final String drawn;
    try (Backend backend = Devices.open("plain", 1, line -> {})) {
      Plan plan = options.step().training(backend).plan();
      drawn =
          switch (format) {
            case dot -> GraphDump.dot(Flow.of(plan));
            case svg -> GraphPicture.svg(Flow.of(plan));
            case json -> GraphDump.json(plan.graph());
            case text -> text(plan);
          };
    }
    if (target.isPresent()) {
      WholeFile.write(target.get(), file -> file.write(drawn.getBytes(StandardCharsets.UTF_8)));
      out.println("graph " + target.get());
    } else {
      out.print(drawn);
    }
    return true;
  }

  /** A line for each node, numbered as engram explain does; views and what they name have none. */
  private static String text(Plan plan) {
    StringBuilder text = new StringBuilder();
    for (Node node : plan.graph().nodes()) {
      int number = plan.steps().indexOf(node);
      text.append(Lines.wrapped("%4s  %s".formatted(number < 0 ? "" : number, node), 8));
    }
    return text.toString();
  }
}
