package engram.bench.subject;

import static engram.tensor.Shape.shape;

import engram.bench.measure.SampleImages;
import engram.bench.run.RunConfig;
import engram.bench.run.RunData;
import engram.bench.run.RunOptions;
import engram.cl.experiment.Experiment;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.nn.Sequential;
import engram.tensor.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * What a command looks at.
 *
 * @param name of the network, as it was given
 * @param layers of the network, fitted to the images
 * @param images noise where no data were named
 */
public record Subject(String name, Sequential layers, SampleImages images) {
  /** Of the noise that stands for images where no data are named: that of the reference network. */
  private static final Shape NOISE = shape(32, 32, 3);

  private static final int MOST_CLASSES = 100_000;

  /** Of the reference network. */
  public static final int CLASSES = 43;

  /**
   * The network and the images that a command line names.
   *
   * @param command with {@link SubjectOptions}
   * @param classes outputs of the network, if they are given: else those of the data
   * @param notice takes lines that a person should see
   * @throws IllegalArgumentException if there is no such network, or if the images do not fit it
   */
  public static Subject of(
      CommandLine command, Optional<Integer> classes, Consumer<String> notice) {
    if (classes.isPresent() && (classes.get() < 2 || classes.get() > MOST_CLASSES)) {
      throw new IllegalArgumentException(
          "--classes is %d, expected 2 to %d".formatted(classes.get(), MOST_CLASSES));
    }
    Map<String, String> given = RunOptions.given(command, SubjectOptions.ALL);
    RunConfig config = RunConfig.of(given);
    Settings settings = config.settings();
    String name = settings.recipe().network();
    if (!given.containsKey("data")) {
      Sequential layers = config.plugins().network(name, NOISE, classes.orElse(CLASSES));
      return new Subject(name, layers, SampleImages.noise(layers));
    }
    Dataset dataset = RunData.open(config, notice);
    if (classes.isPresent() && classes.get() < dataset.classes()) {
      throw new IllegalArgumentException(
          "--classes is %d, and the data have %d: leave it out"
              .formatted(classes.get(), dataset.classes()));
    }
    return new Subject(
        name,
        Experiment.layers(settings, config.plugins(), dataset, classes.orElse(dataset.classes())),
        SampleImages.of(dataset.train(), settings.recipe().input(dataset.train()).normalisation()));
  }

  /** {@code network simple on 32 x 32 x 3, 43 classes}. */
  @Override
  public String toString() {
    Shape input = layers.input();
    return "network %s on %d x %d x %d, %d classes"
        .formatted(name, input.dim(0), input.dim(1), input.dim(2), layers.classifier().out());
  }
}
