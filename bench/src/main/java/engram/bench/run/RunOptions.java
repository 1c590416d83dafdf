package engram.bench.run;

import engram.cl.catalog.Strategies;
import engram.cl.settings.Architecture;
import engram.cl.settings.Preset;
import engram.cl.settings.RateSchedule;
import engram.cl.settings.Recipe;
import engram.cl.settings.Settings;
import engram.cl.stream.Augmentation;
import engram.cl.stream.Normalisation;
import engram.data.catalog.Datasets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code engram run}. What is not given comes from the preset. */
public final class RunOptions {
  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = "synthetic",
      description = {
        "synthetic (default): generated signs;",
        "gtsrb:PATH: real GTSRB, PATH a folder or zip"
      })
  String data = "synthetic";

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "default",
      description = {
        "default;",
        "seed: the course project's protocol;",
        "best: what keeps most with 200 images"
      })
  String preset = "default";

  @Option(
      names = "--strategies",
      split = ",",
      paramLabel = "NAME",
      description = {
        "which to run, with commas (fine-tune,rehearsal-kd,joint), or all;",
        "engram strategies  lists them"
      })
  List<String> strategies = List.of();

  @Option(
      names = "--tasks",
      paramLabel = "TASKS",
      description = "5: five even tasks; 5x8: five of eight classes; 20,10,13: these sizes")
  Optional<String> tasks = Optional.empty();

  @Option(
      names = "--class-order",
      paramLabel = "ORDER",
      description = "given, shuffled (by seed), or class numbers with commas")
  Optional<String> classOrder = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = {
        "simple: the course project's network (default);",
        "bn: three convolutions with batch normalisation, 256 features;",
        "bn-map: the same without the 256 features, a classifier over 2048 values;",
        "bn-deep: bn-map with two convolutions in each stage"
      })
  Optional<String> model = Optional.empty();

  @Option(
      names = "--label-smoothing",
      paramLabel = "S",
      description = "share of a label that is spread over all classes, 0 to 1 (0)")
  Optional<Float> labelSmoothing = Optional.empty();

  @Option(
      names = "--average",
      paramLabel = "D",
      description = {
        "a task ends with a moving average of the network, which keeps",
        "this share of itself at each step, such as 0.99 (0: none)"
      })
  Optional<Double> average = Optional.empty();

  @Option(
      names = "--pixels",
      paramLabel = "SCALE",
      description = {
        "unit: from 0 to 1;",
        "standard: each image has mean 0 and deviation 1 (default)"
      })
  Optional<String> pixels = Optional.empty();

  @Option(
      names = "--augment",
      paramLabel = "NAME",
      description = {
        "signs: training images are moved, turned, zoomed and lit anew each time;",
        "rough: signs, and blurred, half of them with a part covered;",
        "none: they are as they are (signs with photographs)"
      })
  Optional<String> augmentation = Optional.empty();

  @Option(
      names = "--online",
      description = {
        "each image is met once: one epoch, and a memory is filled step by step",
      })
  boolean online;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "epochs on each task (2; with photographs 5)")
  Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--pretraining-epochs",
      paramLabel = "N",
      description = "epochs on the first task before any strategy starts")
  Optional<Integer> pretrainingEpochs = Optional.empty();

  @Option(names = "--batch", paramLabel = "N", description = "new images in a batch (64)")
  Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "highest learning rate of Adam (0.001; with photographs 0.002)")
  Optional<Float> learningRate = Optional.empty();

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = {
        "cosine: the rate rises, then falls to nothing over each task;",
        "step: it is halved every five epochs (cosine with photographs)"
      })
  Optional<String> schedule = Optional.empty();

  @Option(names = "--buffer", paramLabel = "N", description = "images in the memory (200)")
  Optional<Integer> buffer = Optional.empty();

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description = "weight of cross-entropy beside distillation, 0 to 1 (0.5)")
  Optional<Float> alpha = Optional.empty();

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "temperature of the distillation (2)")
  Optional<Float> temperature = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "first seed (1)")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "number of seeds to run, counted up from --seed (1)")
  Optional<Integer> seeds = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, vector, plain, reference, opencl, opencl:PLATFORM.DEVICE (auto)")
  String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads; results do not depend on it (all processors)")
  Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--no-fusion",
      description = "run every op as recorded, to study or to bisect; slower")
  boolean noFusion;

  @Option(
      names = "--quick",
      description = "a few tracks of each class only: a look in seconds, not a result")
  boolean quick;

  @Option(
      names = "--validate",
      description = {
        "put a fifth of each class's training tracks aside and measure on them,",
        "never on test images: for choosing settings"
      })
  boolean validate;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of options, such as a run's config.yaml; the command line wins")
  public Optional<Path> config = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the results (runs/runN, N counting up)")
  public Optional<Path> out = Optional.empty();

  @Option(names = "--overwrite", description = "replace what is in --out")
  public boolean overwrite;

  private List<String> chosenStrategies(Settings base) {
    if (strategies.equals(List.of("all"))) {
      return Strategies.NAMES;
    }
    return strategies.isEmpty() ? base.strategies() : strategies;
  }

  /**
   * The options with the preset behind them.
   *
   * @throws IllegalArgumentException if one has a value that makes no sense
   */
  public RunConfig resolve() {
    Preset chosen = Preset.parse(preset);
    Settings base = Settings.of(chosen, data.startsWith(Datasets.GTSRB));
    Settings settings =
        new Settings(
            chosen,
            chosenStrategies(base),
            tasks.orElse(base.tasks()),
            classOrder.orElse(base.classOrder()),
            pixels.map(Normalisation::parse).orElse(base.pixels()),
            augmentation.map(Augmentation::parse).orElse(base.augmentation()),
            pretrainingEpochs.orElse(online ? 0 : base.pretrainingEpochs()),
            online,
            epochs.orElse(online ? 1 : base.epochs()),
            batch.orElse(base.batch()),
            learningRate.orElse(base.learningRate()),
            schedule.map(RateSchedule::parse).orElse(base.schedule()),
            buffer.orElse(base.buffer()),
            alpha.orElse(base.alpha()),
            temperature.orElse(base.temperature()),
            seed.orElse(base.seed()),
            seeds.orElse(base.seeds()),
            !noFusion,
            craft(base.craft()));
    int cores = Math.min(64, Runtime.getRuntime().availableProcessors());
    return new RunConfig(data, quick, validate, device, threads.orElse(cores), settings);
  }

  private Recipe craft(Recipe base) {
    return new Recipe(
        model.map(Architecture::parse).orElse(base.model()),
        labelSmoothing.orElse(base.labelSmoothing()),
        average.orElse(base.average()));
  }
}
