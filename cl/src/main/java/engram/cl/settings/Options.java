package engram.cl.settings;

import static engram.cl.settings.Kind.atLeast;
import static engram.cl.settings.Kind.choice;
import static engram.cl.settings.Kind.flag;
import static engram.cl.settings.Kind.names;
import static engram.cl.settings.Kind.number;
import static engram.cl.settings.Kind.text;
import static engram.cl.settings.Kind.whole;
import static engram.cl.settings.Kind.within;
import static engram.cl.settings.Option.Section.NETWORK;
import static engram.cl.settings.Option.Section.PROTOCOL;
import static engram.cl.settings.Option.Section.RUN;
import static engram.cl.settings.Option.Section.STRATEGIES;
import static engram.cl.settings.Option.Section.TRAINING;
import static engram.cl.settings.Option.shown;

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
      shown(
              PROTOCOL,
              "preset",
              "NAME",
              "default: all classes in five tasks;",
              "course: the course project's protocol;",
              "best: what keeps most with 200 images")
          .is(
              "default",
              new Kind<>("default, course, best", "", Preset::parse, preset -> true),
              s -> s.protocol().preset());

  static final Option<Settings, List<String>> STRATEGY_NAMES =
      shown(
              STRATEGIES,
              "strategies",
              "NAME",
              "which to run, with commas, or all;",
              "engram strategies  lists them")
          .is("fine-tune,rehearsal-kd,joint", names(), Settings::strategies);

  static final Option<Settings, String> TASKS =
      shown(
              PROTOCOL,
              "tasks",
              "TASKS",
              "5: five even tasks; 5x8: five of eight classes; 20,10,13: these sizes")
          .is("5", text("sizes of tasks"), s -> s.protocol().tasks());

  static final Option<Settings, String> CLASS_ORDER =
      shown(
              PROTOCOL,
              "class-order",
              "ORDER",
              "given, shuffled (by seed), or class numbers with commas")
          .is(
              "given",
              text("given, shuffled, or class numbers with commas"),
              s -> s.protocol().classOrder());

  static final Option<Settings, Architecture> MODEL =
      shown(
              NETWORK,
              "model",
              "NAME",
              "simple: the course project's network;",
              "bn: three convolutions with batch normalisation, 256 features;",
              "bn-map: the same without the 256 features, a classifier over 2048 values;",
              "bn-deep: bn-map with two convolutions in each stage")
          .is("simple", choice("model", Architecture.values()), s -> s.recipe().network());

  static final Option<Settings, Float> LABEL_SMOOTHING =
      shown(NETWORK, "label-smoothing", "S", "share of a label that is spread over all classes")
          .is(
              "0",
              number(Float::valueOf, "0 or more, below 1", v -> v >= 0 && v < 1),
              s -> s.recipe().labelSmoothing());

  static final Option<Settings, Double> AVERAGE =
      shown(
              NETWORK,
              "average",
              "D",
              "a task ends with a moving average of the network, which keeps this share of itself"
                  + " at each step, such as 0.99; 0 for none")
          .is(
              "0",
              number(Double::valueOf, "0 or more, below 1", v -> v >= 0 && v < 1),
              s -> s.recipe().average());

  static final Option<Settings, Normalisation> PIXELS =
      shown(
              NETWORK,
              "pixels",
              "SCALE",
              "unit: from 0 to 1;",
              "standard: each image has mean 0 and deviation 1")
          .is(
              "standard",
              choice("normalisation of pixels", Normalisation.values()),
              s -> s.recipe().normalisation());

  static final Option<Settings, Augmentation> AUGMENT =
      shown(
              NETWORK,
              "augment",
              "NAME",
              "none: training images are as they are;",
              "signs: they are moved, turned, zoomed and lit anew each time;",
              "rough: signs, and blurred, half of them with a part covered")
          .is(
              "none",
              choice("augmentation", Augmentation.values()),
              s -> s.recipe().augmentation());

  static final Option<Settings, Integer> PRETRAINING_EPOCHS =
      shown(
              TRAINING,
              "pretraining-epochs",
              "N",
              "epochs on the first task before any strategy starts")
          .is("0", atLeast(0), s -> s.training().pretrainingEpochs());

  static final Option<Settings, Boolean> ONLINE =
      shown(
              PROTOCOL,
              "online",
              "",
              "each image is met once: one epoch, and a memory is filled step by step")
          .is("false", flag(), s -> s.protocol().online());

  static final Option<Settings, Integer> EPOCHS =
      shown(TRAINING, "epochs", "N", "epochs on each task")
          .is("2", atLeast(1), s -> s.training().epochs());

  static final Option<Settings, Integer> BATCH =
      shown(TRAINING, "batch", "N", "new images in a batch")
          .is("64", within(1, MOST_IMAGES), s -> s.training().batch());

  static final Option<Settings, Float> LEARNING_RATE =
      shown(TRAINING, "lr", "RATE", "highest learning rate of Adam")
          .is(
              "0.001",
              number(Float::valueOf, "above 0, below 1000000", v -> v > 0 && v < 1e6),
              s -> s.training().learningRate());

  static final Option<Settings, RateSchedule> SCHEDULE =
      shown(
              TRAINING,
              "schedule",
              "NAME",
              "step: the rate is halved every five epochs;",
              "cosine: it rises, then falls to nothing over each task")
          .is("step", choice("schedule", RateSchedule.values()), s -> s.training().schedule());

  static final Option<Settings, Integer> BUFFER =
      shown(STRATEGIES, "buffer", "N", "images in the memory")
          .is("200", atLeast(0), s -> s.rehearsal().buffer());

  static final Option<Settings, Float> ALPHA =
      shown(STRATEGIES, "alpha", "A", "weight of cross-entropy beside distillation in rehearsal-kd")
          .is(
              "0.5",
              number(Float::valueOf, "0 to 1", v -> v >= 0 && v <= 1),
              s -> s.rehearsal().alpha());

  static final Option<Settings, Float> TEMPERATURE =
      shown(STRATEGIES, "temperature", "T", "temperature of the distillation in rehearsal-kd")
          .is(
              "2",
              number(Float::valueOf, "above 0, below 1000000", v -> v > 0 && v < 1e6),
              s -> s.rehearsal().temperature());

  static final Option<Settings, Long> SEED =
      shown(PROTOCOL, "seed", "N", "first seed").is("1", whole(), s -> s.protocol().seed());

  static final Option<Settings, Integer> SEEDS =
      shown(PROTOCOL, "seeds", "N", "number of seeds to run, counted up from --seed")
          .is("1", atLeast(1), s -> s.protocol().seeds());

  static final Option<Settings, Boolean> NO_FUSION =
      shown(RUN, "no-fusion", "", "run every op as recorded, to study or to bisect; slower")
          .is("false", flag(), s -> !s.training().fusion());

  /** All of them, in the order of config files. */
  public static final List<Option<Settings, ?>> ALL =
      List.of(
          PRESET,
          STRATEGY_NAMES,
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
