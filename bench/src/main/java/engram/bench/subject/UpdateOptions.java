package engram.bench.subject;

import engram.bench.measure.Update;
import engram.bench.run.RunConfig;
import engram.bench.run.RunOptions;
import engram.cl.settings.Optimisation;
import engram.cl.settings.Option;
import engram.cl.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@link SubjectOptions} and the options of {@code engram run} that say how a step changes
 * parameters.
 */
public final class UpdateOptions implements IModelTransformer {
  private static final List<Option<?>> ALL =
      Stream.concat(
              SubjectOptions.ALL.stream(),
              Stream.of("lr", "optimizer", "momentum", "nesterov", "weight-decay", "clip")
                  .map(RunOptions::named))
          .<Option<?>>map(option -> option)
          .toList();

  @Override
  public CommandSpec transform(CommandSpec command) {
    return RunOptions.addTo(command, ALL);
  }

  /**
   * What a command line says of it; Adam with rate 0.001 where it says nothing.
   *
   * @param command with these options
   * @throws IllegalArgumentException naming what does not fit together
   */
  public static Update of(CommandLine command) {
    Settings.Training training = RunConfig.of(RunOptions.given(command, ALL)).settings().training();
    Optimisation optimisation = training.optimisation();
    List<String> name = new ArrayList<>();
    name.add(optimisation.kind().toString());
    name.add("rate " + training.learningRate());
    if (optimisation.momentum() != 0) {
      name.add(
          (optimisation.nesterov() ? "nesterov momentum " : "momentum ") + optimisation.momentum());
    }
    if (optimisation.weightDecay() != 0) {
      name.add("weight decay " + optimisation.weightDecay());
    }
    if (training.clip() != 0) {
      name.add("clip " + training.clip());
    }
    return new Update(
        String.join(", ", name),
        optimisation.optimiser(),
        training.learningRate(),
        training.clip() == 0 ? OptionalDouble.empty() : OptionalDouble.of(training.clip()));
  }
}
