package engram.bench.look;

import engram.bench.console.Columns;
import engram.bench.console.Lines;
import engram.bench.console.Usage;
import engram.cl.catalog.StrategyCatalog;
import engram.cl.plugin.Plugins;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram strategies}: lists what {@code engram run --strategies} takes. */
@Command(
    name = "strategies",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the strategies: what they do, what they keep beside the network, the cost of a"
          + " training step in those of fine-tune (as the arithmetic has it), and the paper.",
      "cl/README.md has the formulas, and says how to write one.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {"  engram strategies", "  engram strategies --plugins MyStrategy.java,theirs.jar"})
public final class StrategiesCommand implements Callable<Integer> {
  @Option(
      names = "--plugins",
      paramLabel = "FILE",
      split = ",",
      description = "strategies of your own, too: Java sources and jars")
  private List<String> plugins = List.of();

  /** Columns that hyper-parameters have beside a name, of the 80 of a screen. */
  private static final int WIDTH = 62;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<List<String>> heads =
        new ArrayList<>(List.of(List.of("strategy", "keeps", "cost", "paper")));
    List<List<String>> hyperParameters = new ArrayList<>();
    Plugins known = Usage.of(spec, () -> Plugins.open(plugins));
    for (StrategyCatalog.Entry entry : known.strategies().entries()) {
      heads.add(List.of(entry.name(), entry.memory(), entry.cost(), entry.paper()));
      if (!entry.hyperParameters().values().isEmpty()) {
        hyperParameters.addAll(lines(entry));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    List<String> rows = Columns.textRows(heads);
    out.print(rows.getFirst());
    for (int i = 1; i < rows.size(); i++) {
      out.print(rows.get(i));
      out.print(Lines.wrapped("    " + known.strategies().entries().get(i - 1).line(), 4));
    }
    out.print(
        """

        Hyper-parameters, for a buffer of 200 images; others go with a name:
        NAME_PARAMETER=VALUE. Of words with | between them the first is usual.
        """);
    out.print(Columns.text(hyperParameters));
    out.print(
        """

        Another memory or head goes with a name, too:  NAME[@MEMORY][+HEAD]
          @balanced      equal shares per class, any image with equal chance (default)
          @reservoir     each image of the stream with equal chance
          @ring          the latest images of each class
          @herding       the images nearest to the mean of their class (icarl's own)
          @random        equal shares per class, chosen at random when a task is done
          @first         the first images of each class, as the data has them
          @random-tasks  equal shares per task, chosen at random when it is done
          +nme           classify by the nearest mean of the images in memory
          +ncm           by the nearest mean of a class when it was learnt; no memory
          +lda           the same with one covariance for all classes; for --network bn

          engram run --strategies er,er@herding,er+nme,fine-tune+ncm
          engram run --strategies der++,der++_alpha=0.3_beta=1@ring
          engram run --strategies lwf,lwf_over=met_squared=0
        """);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** Name and hyper-parameters of a strategy, on as many lines as they need. */
  private static List<List<String>> lines(StrategyCatalog.Entry entry) {
    List<List<String>> lines = new ArrayList<>();
    String line = "";
    for (String one : entry.hyperParameters().choices().split(" ")) {
      if (line.length() + one.length() >= WIDTH) {
        lines.add(List.of(lines.isEmpty() ? "  " + entry.name() : "", line));
        line = "";
      }
      line += (line.isEmpty() ? "" : " ") + one;
    }
    lines.add(List.of(lines.isEmpty() ? "  " + entry.name() : "", line));
    return lines;
  }
}
