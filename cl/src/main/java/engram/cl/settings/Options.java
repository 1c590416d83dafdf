package engram.cl.settings;

import static engram.cl.settings.Option.Section.NETWORK;
import static engram.cl.settings.Option.Section.PROTOCOL;
import static engram.cl.settings.Option.Section.RUN;
import static engram.cl.settings.Option.Section.STRATEGIES;
import static engram.cl.settings.Option.Section.TRAINING;

import engram.cl.stream.Augmentation;
import engram.cl.stream.Normalisation;
import java.util.List;

/**
 * The table of options: all that decides what a run computes, apart from the data. A new one is a
 * component of one of the records of {@link Settings}, and a row here.
 */
public final class Options {
  /** Images of a batch whose pixels and intermediate values can still be counted in an int. */
  private static final int MOST_IMAGES = 16_384;

  static final Option<Settings, Preset> PRESET =
      new Option<>(
          PROTOCOL,
          "preset",
          "NAME",
          "default",
          new Kind<>("default, course, best", "", Preset::parse, preset -> true),
          s -> s.protocol().preset(),
          "default: all classes in five tasks;",
          "course: the course project's protocol;",
          "best: what keeps most with 200 images");

  static final Option<Settings, List<String>> NAMES =
      new Option<>(
          STRATEGIES,
          "strategies",
          "NAME",
          "fine-tune,rehearsal-kd,joint",
          Kind.names(),
          Settings::strategies,
          "which to run, with commas, or all;",
          "engram strategies  lists them");

  static final Option<Settings, String> TASKS =
      new Option<>(
          PROTOCOL,
          "tasks",
          "TASKS",
          "5",
          Kind.text("sizes of tasks"),
          s -> s.protocol().tasks(),
          "5: five even tasks; 5x8: five of eight classes; 20,10,13: these sizes");

  static final Option<Settings, String> CLASS_ORDER =
      new Option<>(
          PROTOCOL,
          "class-order",
          "ORDER",
          "given",
          Kind.text("given, shuffled, or class numbers with commas"),
          s -> s.protocol().classOrder(),
          "given, shuffled (by seed), or class numbers with commas");

  static final Option<Settings, Architecture> MODEL =
      new Option<>(
          NETWORK,
          "model",
          "NAME",
          "simple",
          Kind.choice("model", List.of(Architecture.values())),
          s -> s.recipe().network(),
          "simple: the course project's network;",
          "bn: three convolutions with batch normalisation, 256 features;",
          "bn-map: the same without the 256 features, a classifier over 2048 values;",
          "bn-deep: bn-map with two convolutions in each stage");

  static final Option<Settings, Float> LABEL_SMOOTHING =
      new Option<>(
          NETWORK,
          "label-smoothing",
          "S",
          "0",
          Kind.number("0 or more, below 1", value -> value >= 0 && value < 1),
          s -> s.recipe().labelSmoothing(),
          "share of a label that is spread over all classes");

  static final Option<Settings, Double> AVERAGE =
      new Option<>(
          NETWORK,
          "average",
          "D",
          "0",
          new Kind<>(
              "a number", "0 or more, below 1", Double::valueOf, value -> value >= 0 && value < 1),
          s -> s.recipe().average(),
          "a task ends with a moving average of the network, which keeps this share of itself at"
              + " each step, such as 0.99; 0 for none");

  static final Option<Settings, Normalisation> PIXELS =
      new Option<>(
          NETWORK,
          "pixels",
          "SCALE",
          "standard",
          Kind.choice("normalisation of pixels", List.of(Normalisation.values())),
          s -> s.recipe().normalisation(),
          "unit: from 0 to 1;",
          "standard: each image has mean 0 and deviation 1");

  static final Option<Settings, Augmentation> AUGMENT =
      new Option<>(
          NETWORK,
          "augment",
          "NAME",
          "none",
          Kind.choice("augmentation", List.of(Augmentation.values())),
          s -> s.recipe().augmentation(),
          "none: training images are as they are;",
          "signs: they are moved, turned, zoomed and lit anew each time;",
          "rough: signs, and blurred, half of them with a part covered");

  static final Option<Settings, Integer> PRETRAINING_EPOCHS =
      new Option<>(
          TRAINING,
          "pretraining-epochs",
          "N",
          "0",
          Kind.atLeast(0),
          s -> s.training().pretrainingEpochs(),
          "epochs on the first task before any strategy starts");

  static final Option<Settings, Boolean> ONLINE =
      new Option<>(
          PROTOCOL,
          "online",
          "",
          "false",
          Kind.flag(),
          s -> s.protocol().online(),
          "each image is met once: one epoch, and a memory is filled step by step");

  static final Option<Settings, Integer> EPOCHS =
      new Option<>(
          TRAINING,
          "epochs",
          "N",
          "2",
          Kind.atLeast(1),
          s -> s.training().epochs(),
          "epochs on each task");

  static final Option<Settings, Integer> BATCH =
      new Option<>(
          TRAINING,
          "batch",
          "N",
          "64",
          Kind.within(1, MOST_IMAGES),
          s -> s.training().batch(),
          "new images in a batch");

  static final Option<Settings, Float> LEARNING_RATE =
      new Option<>(
          TRAINING,
          "lr",
          "RATE",
          "0.001",
          Kind.number("above 0, below 1000000", value -> value > 0 && value < 1e6),
          s -> s.training().learningRate(),
          "highest learning rate of Adam");

  static final Option<Settings, RateSchedule> SCHEDULE =
      new Option<>(
          TRAINING,
          "schedule",
          "NAME",
          "step",
          Kind.choice("schedule", List.of(RateSchedule.values())),
          s -> s.training().schedule(),
          "step: the rate is halved every five epochs;",
          "cosine: it rises, then falls to nothing over each task");

  static final Option<Settings, Integer> BUFFER =
      new Option<>(
          STRATEGIES,
          "buffer",
          "N",
          "200",
          Kind.atLeast(0),
          s -> s.rehearsal().buffer(),
          "images in the memory");

  static final Option<Settings, Float> ALPHA =
      new Option<>(
          STRATEGIES,
          "alpha",
          "A",
          "0.5",
          Kind.number("0 to 1", value -> value >= 0 && value <= 1),
          s -> s.rehearsal().alpha(),
          "weight of cross-entropy beside distillation in rehearsal-kd");

  static final Option<Settings, Float> TEMPERATURE =
      new Option<>(
          STRATEGIES,
          "temperature",
          "T",
          "2",
          Kind.number("above 0, below 1000000", value -> value > 0 && value < 1e6),
          s -> s.rehearsal().temperature(),
          "temperature of the distillation in rehearsal-kd");

  static final Option<Settings, Long> SEED =
      new Option<>(
          PROTOCOL, "seed", "N", "1", Kind.whole(), s -> s.protocol().seed(), "first seed");

  static final Option<Settings, Integer> SEEDS =
      new Option<>(
          PROTOCOL,
          "seeds",
          "N",
          "1",
          Kind.atLeast(1),
          s -> s.protocol().seeds(),
          "number of seeds to run, counted up from --seed");

  static final Option<Settings, Boolean> NO_FUSION =
      new Option<>(
          RUN,
          "no-fusion",
          "",
          "false",
          Kind.flag(),
          s -> !s.training().fusion(),
          "run every op as recorded, to study or to bisect; slower");

  /** All of them, in the order of config files. */
  public static final List<Option<Settings, ?>> ALL =
      List.of(
          PRESET,
          NAMES,
          TASKS,
          CLASS_ORDER,
          MODEL,
          LABEL_SMOOTHING,
          AVERAGE,
          PIXELS,
          AUGMENT,
          PRETRAINING_EPOCHS,
          ONLINE,
          EPOCHS,
          BATCH,
          LEARNING_RATE,
          SCHEDULE,
          BUFFER,
          ALPHA,
          TEMPERATURE,
          SEED,
          SEEDS,
          NO_FUSION);

  private Options() {}
}
