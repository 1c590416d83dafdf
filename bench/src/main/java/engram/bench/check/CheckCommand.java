package engram.bench.check;

import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.bench.run.RunConfig;
import engram.bench.run.RunData;
import engram.bench.run.RunOptions;
import engram.cl.settings.Option;
import engram.data.Dataset;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code engram check}: the gradients of a whole loss beside finite differences. */
@Command(
    name = "check",
    modelTransformer = CheckCommand.Options.class,
    description = {
      "Holds the gradients of the whole loss of a network and a strategy against finite"
          + " differences: (loss(p + h) - loss(p - h)) / 2h with h = 1e-5, element by element, in"
          + " double precision on the reference device. Exit code 1 if one is off.",
      "The step is one of a real experiment on two tasks of two classes and few images: the second"
          + " of task 2, so that memory, teacher and penalties are in the loss. Gradients are those"
          + " of the loss, before they are clipped or projected.",
      "A kink is a bend of the loss within h, as ReLU has at 0; there a shorter step or the slope"
          + " of one side counts.",
      ""
    },
    footer = {
      "  engram check",
      "  engram check --strategies der++,lucir --elements 40",
      "  engram check --network lenet --data mnist:PATH",
      "  engram check --network MyNet.java --strategies MyStrategy.java"
    })
public final class CheckCommand extends Subcommand {
  private static final int IMAGES = 4;

  @Spec private CommandSpec spec;

  @picocli.CommandLine.Option(
      names = "--elements",
      paramLabel = "N",
      description = "of each parameter, drawn at random; all where there are fewer (10)")
  private int elements = 10;

  @picocli.CommandLine.Option(
      names = "--seed",
      paramLabel = "N",
      description = "of first weights, batches and the elements that are drawn (1)")
  private long seed = 1;

  /** What of a run's options says what the loss is. */
  public static final class Options implements IModelTransformer {
    static final List<Option<?>> ALL =
        Stream.concat(
                Stream.of(
                    RunOptions.named("data").usually("noise, 8 x 8 in colour"),
                    RunOptions.named("strategies").usually("rehearsal-kd")),
                Stream.of(
                        "side",
                        "pad",
                        "plugins",
                        "network",
                        "pixels",
                        "init",
                        "label-smoothing",
                        "loss-over",
                        "head",
                        "alpha",
                        "temperature")
                    .map(RunOptions::named))
            .<Option<?>>map(option -> option)
            .toList();

    @Override
    public CommandSpec transform(CommandSpec command) {
      return RunOptions.addTo(command, ALL);
    }
  }

  @Override
  protected boolean run(PrintWriter out) {
    requireWithin("--elements", elements, 1, 1_000_000);
    Map<String, String> given = given(() -> RunOptions.given(spec.commandLine(), Options.ALL));
    RunConfig all = given(() -> RunConfig.of(whole(given)));
    Dataset dataset =
        given.containsKey("data")
            ? given(() -> FewImages.of(RunData.open(all, err()::println)))
            : FewImages.noise();
    int bad = 0;
    for (String strategy : all.settings().strategies()) {
      Map<String, String> texts = all.texts();
      texts.put("strategies", strategy);
      RunConfig one = given(() -> RunConfig.of(texts));
      CheckedStep step = given(() -> CheckedStep.of(one, dataset, elements, seed));
      CheckTable table = new CheckTable(step.entries());
      out.print(Lines.wrapped(title(one, strategy, dataset, step), 2));
      out.print(table);
      out.flush();
      bad += table.off();
    }
    return bad == 0;
  }

  private Map<String, String> whole(Map<String, String> given) {
    Map<String, String> texts = new HashMap<>(given);
    texts.putIfAbsent("strategies", "rehearsal-kd");
    texts.put("tasks", "2");
    texts.put("seed", String.valueOf(seed));
    texts.put("epochs", "1");
    texts.put("batch", String.valueOf(IMAGES));
    texts.put("buffer", String.valueOf(2 * IMAGES));
    return texts;
  }

  private static String title(
      RunConfig config, String strategy, Dataset dataset, CheckedStep step) {
    String terms = step.terms().isEmpty() ? "" : " (" + String.join(", ", step.terms()) + ")";
    return String.format(
        Locale.ROOT,
        "%s, network %s on %d x %d x %d: task %d, step 2, %d images; loss %.4g%s",
        strategy,
        config.settings().recipe().network(),
        dataset.train().height(),
        dataset.train().width(),
        dataset.train().channels(),
        step.task() + 1,
        step.images(),
        step.loss(),
        terms);
  }
}
