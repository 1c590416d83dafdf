package engram.bench.look;

import engram.bench.console.Columns;
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

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> hyperParameters = new ArrayList<>();
    rows.add(List.of("strategy", "keeps", "cost", "what it does", "paper"));
    Plugins known = Usage.of(spec, () -> Plugins.open(plugins));
    for (StrategyCatalog.Entry entry : known.strategies().entries()) {
      rows.add(List.of(entry.name(), entry.memory(), entry.cost(), entry.line(), entry.paper()));
      if (!entry.hyperParameters().values().isEmpty()) {
        hyperParameters.add(List.of(entry.name(), entry.hyperParameters().toString()));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(Columns.text(rows));
    out.print(
        """

        Hyper-parameters, for a buffer of 200 images; others go with a name:  NAME_PARAMETER=VALUE
        """);
    out.print(Columns.text(hyperParameters).indent(2));
    out.print(
        """

        Another memory or head goes with a name, too:  NAME[@MEMORY][+HEAD]
          @balanced    equal shares per class, each image of a class with equal chance (default)
          @reservoir   each image of the stream with equal chance
          @ring        the latest images of each class
          @herding     the images nearest to the mean of their class (default of icarl)
          +nme         classify by the nearest mean of the images in memory
          +ncm         classify by the nearest mean of a class when it was learnt; needs no memory
          +lda         the same with one covariance for all classes; for --network bn

          engram run --strategies er,er@herding,er+nme,fine-tune+ncm
          engram run --strategies der++,der++_alpha=0.3_beta=1@ring
        """);
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
