package engram.cl.settings;

import static engram.cl.settings.Kind.atLeast;
import static engram.cl.settings.Kind.choice;
import static engram.cl.settings.Kind.names;
import static engram.cl.settings.Kind.number;
import static engram.cl.settings.Kind.share;
import static engram.cl.settings.Kind.text;
import static engram.cl.settings.Kind.within;
import static engram.cl.settings.Option.Section.NETWORK;
import static engram.cl.settings.Option.Section.PROTOCOL;
import static engram.cl.settings.Option.Section.RUN;
import static engram.cl.settings.Option.Section.STRATEGIES;
import static engram.cl.settings.Option.Section.TRAINING;
import static engram.cl.settings.Option.flag;
import static engram.cl.settings.Option.option;

import engram.cl.stream.Augmentation;
import engram.cl.stream.Normalisation;
import engram.nn.model.Models;
import java.util.List;

/**
 * The table of options: all that decides what a run computes, apart from the data. A new one is a
 * component of one of the records in {@link Settings}, and a row here.
 */
public final class Options {
  /** Images of a batch whose pixels and intermediate values can still be counted in an int. */
  private static final int MOST_IMAGES = 16_384;

  private static final Kind<Float> POSITIVE =
      number(Float::valueOf, "above 0, below 1000000", v -> v > 0 && v < 1e6);

  static final Option<Preset> PRESET =
      option(
              PROTOCOL,
              "preset",
              "NAME",
              "default",
              new Kind<>("default, course, best", Preset::parse))
          .does(
              "default: all classes in five tasks;",
              "course: the course project's protocol;",
              "best: what keeps most with 200 images");

  static final Option<List<String>> STRATEGY_NAMES =
      option(STRATEGIES, "strategies", "NAME", "fine-tune,rehearsal-kd,joint", names())
          .does("which to run, with commas, or all;", "engram strategies  lists them");

  static final Option<String> TASKS =
      option(PROTOCOL, "tasks", "TASKS", "5", text("sizes of tasks"))
          .does("5: five even tasks; 5x8: five of eight classes; 20,10,13: these sizes");

  static final Option<String> CLASS_ORDER =
      option(
              PROTOCOL,
              "class-order",
              "ORDER",
              "given",
              text("given, shuffled, or class numbers with commas"))
          .does("given, shuffled (by seed), or class numbers with commas");

  static final Option<String> NETWORK_TEXT =
      option(
              NETWORK,
              "network",
              "NETWORK",
              "simple",
              text(String.join(", ", Models.NAMES) + ", layers, or a Java source"))
          .formerly("model")
          .does(
              "simple: the course project's network;",
              "bn: three convolutions with batch normalisation, 256 features;",
              "bn-map: the same without the 256 features, a classifier over the map;",
              "bn-deep: bn-map with two convolutions in each stage;",
              "mlp WIDTH DEPTH: hidden layers with ReLUs, 400 and 2 where nothing is said;",
              "lenet; resnet20 and resnet32, for small images; resnet18;",
              "resnet18-slim: 20 channels, the network of online protocols;",
              "\"conv 16 5 pad 2, relu, pool 2, flatten\": layers, see nn/README.md;",
              "FILE.java: a class of your own, see cl/README.md");

  static final Option<Float> LABEL_SMOOTHING =
      option(NETWORK, "label-smoothing", "S", "0", share(Float::valueOf))
          .does("share of a label that is spread over all classes");

  static final Option<Double> AVERAGE =
      option(NETWORK, "average", "D", "0", share(Double::valueOf))
          .does(
              "a task ends with a moving average of the network, which keeps this share of itself"
                  + " at each step, such as 0.99; 0 for none");

  static final Option<Normalisation> PIXELS =
      option(
              NETWORK,
              "pixels",
              "SCALE",
              "standard",
              choice("normalisation of pixels", Normalisation.values()))
          .does("unit: from 0 to 1;", "standard: each image has mean 0 and deviation 1");

  static final Option<Augmentation> AUGMENT =
      option(NETWORK, "augment", "NAME", "none", choice("augmentation", Augmentation.values()))
          .does(
              "none: training images are as they are;",
              "signs: they are moved, turned, zoomed and lit anew each time;",
              "rough: signs, and blurred, half of them with a part covered");

  static final Option<Integer> PRETRAINING_EPOCHS =
      option(TRAINING, "pretraining-epochs", "N", "0", atLeast(0))
          .does("epochs on the first task before any strategy starts");

  static final Option<Boolean> ONLINE =
      flag(PROTOCOL, "online")
          .does("each image is met once: one epoch, and a memory is filled step by step");

  static final Option<Integer> EPOCHS =
      option(TRAINING, "epochs", "N", "2", atLeast(1)).does("epochs on each task");

  static final Option<Integer> BATCH =
      option(TRAINING, "batch", "N", "64", within(1, MOST_IMAGES)).does("new images in a batch");

  static final Option<Float> LEARNING_RATE =
      option(TRAINING, "lr", "RATE", "0.001", POSITIVE).does("highest learning rate of Adam");

  static final Option<RateSchedule> SCHEDULE =
      option(TRAINING, "schedule", "NAME", "step", choice("schedule", RateSchedule.values()))
          .does(
              "step: the rate is halved every five epochs;",
              "cosine: it rises, then falls to nothing over each task");

  static final Option<Integer> BUFFER =
      option(STRATEGIES, "buffer", "N", "200", atLeast(0)).does("images in the memory");

  static final Option<Float> ALPHA =
      option(
              STRATEGIES,
              "alpha",
              "A",
              "0.5",
              number(Float::valueOf, "0 to 1", v -> v >= 0 && v <= 1))
          .does("weight of cross-entropy beside distillation in rehearsal-kd");

  static final Option<Float> TEMPERATURE =
      option(STRATEGIES, "temperature", "T", "2", POSITIVE)
          .does("temperature of the distillation in rehearsal-kd");

  static final Option<Long> SEED =
      option(PROTOCOL, "seed", "N", "1", new Kind<>("a whole number", Long::valueOf))
          .does("first seed");

  static final Option<Integer> SEEDS =
      option(PROTOCOL, "seeds", "N", "1", atLeast(1))
          .does("number of seeds to run, counted up from --seed");

  static final Option<Boolean> NO_FUSION =
      flag(RUN, "no-fusion").does("run every op as recorded, to study or to bisect; slower");

  /** All of them, in the order of config files. */
  public static final List<Option<?>> ALL =
      List.of(
          PRESET,
          STRATEGY_NAMES,
          TASKS,
          CLASS_ORDER,
          NETWORK_TEXT,
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
