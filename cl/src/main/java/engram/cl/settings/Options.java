package engram.cl.settings;

import static engram.cl.settings.Kind.atLeast;
import static engram.cl.settings.Kind.choice;
import static engram.cl.settings.Kind.names;
import static engram.cl.settings.Kind.number;
import static engram.cl.settings.Kind.share;
import static engram.cl.settings.Kind.text;
import static engram.cl.settings.Kind.within;
import static engram.cl.settings.Kind.written;
import static engram.cl.settings.Option.Section.NETWORK;
import static engram.cl.settings.Option.Section.PROTOCOL;
import static engram.cl.settings.Option.Section.RUN;
import static engram.cl.settings.Option.Section.STRATEGIES;
import static engram.cl.settings.Option.Section.TRAINING;
import static engram.cl.settings.Option.flag;
import static engram.cl.settings.Option.option;

import engram.cl.memory.Replay;
import engram.cl.stream.Augmentation;
import engram.cl.stream.PixelScale;
import engram.cl.stream.Sampling;
import engram.cl.stream.Views;
import engram.cl.task.ClassOrder;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSizes;
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
              "best: what keeps most in the bytes of 200 images");

  static final Option<List<String>> STRATEGY_NAMES =
      option(STRATEGIES, "strategies", "NAME", "fine-tune,rehearsal-kd,joint", names())
          .does("which to run, with commas, or all;", "engram strategies  lists them");

  static final Option<String> TASKS =
      option(PROTOCOL, "tasks", "TASKS", "5", written("sizes of tasks", TaskSizes::requireForm))
          .does(
              "5: five even tasks; 5x8: five of eight classes; 20,10,13: these sizes;",
              "in scenario permuted how many there are");

  static final Option<String> CLASS_ORDER =
      option(
              PROTOCOL,
              "class-order",
              "ORDER",
              "given",
              written("given, shuffled, or class numbers with commas", ClassOrder::requireForm))
          .does("given, shuffled (by seed), or class numbers with commas");

  static final Option<Scenario> SCENARIO =
      option(
              PROTOCOL,
              "scenario",
              "NAME",
              "class",
              new Kind<>("class, task, domain, permuted or blurry S", Options::scenario))
          .does(
              "class: each task brings classes of its own;",
              "task: and it is told which task an image is of, in training as in use;",
              "domain: tasks share their labels, the k-th class of each is label k;",
              "permuted: each task has all classes, with its own order of pixels;",
              "blurry 0.1: class, but a tenth of each class's images comes in other tasks");

  static final Option<Head> HEAD =
      option(PROTOCOL, "head", "NAME", "growing", choice("head", Head.values()))
          .does(
              "growing: outputs are drawn when their classes come;",
              "full: all are drawn with the network");

  static final Option<LossOver> LOSS_OVER =
      option(PROTOCOL, "loss-over", "CLASSES", "met", choice("loss-over", LossOver.values()))
          .does(
              "classes that the cross-entropy compares:",
              "met: those met so far; all: those that come later, too (needs head full);",
              "task: those of the image's own task");

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

  static final Option<FirstValues> INIT =
      option(NETWORK, "init", "NAME", "own", choice("initialisation", FirstValues.values()))
          .does(
              "own: first values are drawn as the network says;",
              "torch: as PyTorch draws them;",
              "xavier, kaiming: these weights, and biases of zero");

  static final Option<Float> LABEL_SMOOTHING =
      option(NETWORK, "label-smoothing", "S", "0", share(Float::valueOf))
          .does("share of a label that is spread over all classes");

  static final Option<Double> AVERAGE =
      option(NETWORK, "average", "D", "0", share(Double::valueOf))
          .does(
              "a task ends with a moving average of the network, which keeps this share of itself"
                  + " at each step, such as 0.99; 0 for none");

  static final Option<PixelScale> PIXELS =
      option(
              NETWORK,
              "pixels",
              "SCALE",
              "standard",
              choice("normalisation of pixels", PixelScale.values()))
          .does(
              "standard: each image has mean 0 and deviation 1;",
              "unit: from 0 to 1;",
              "channel: each channel has mean 0 and deviation 1 over all training images;",
              "symmetric: from -1 to 1;",
              "local: each value by the mean and deviation of its surroundings");

  static final Option<Augmentation> AUGMENT =
      option(NETWORK, "augment", "NAME", "none", choice("augmentation", Augmentation.values()))
          .does(
              "none: training images are as they are;",
              "signs: they are moved, turned, zoomed and lit anew each time;",
              "signs-flip: signs, and mirrored or turned where a traffic sign stays one by it;",
              "rough: signs, and blurred, half of them with a part covered;",
              "crop: they are moved by up to four pixels, black where nothing is;",
              "crop-flip: crop, and half of them mirrored");

  static final Option<Views> VIEWS =
      option(NETWORK, "views", "N", "1", choice("number of views", Views.values()))
          .does(
              "how often an image to be measured on is shown, the mean answer counts: 1: as it is;",
              "5: and a pixel up, down, left and right; 9: and along the diagonals");

  static final Option<Integer> PRETRAINING_EPOCHS =
      option(TRAINING, "pretraining-epochs", "N", "0", atLeast(0))
          .does(
              "epochs before any strategy starts; all start from the network that they leave; 4"
                  + " where only what they learn is given");

  static final Option<Pretraining> PRETRAINING =
      option(
              TRAINING,
              "pretraining",
              "NAME",
              "first-task",
              choice("pretraining", Pretraining.values()))
          .does(
              "what these epochs learn: first-task: its training images;",
              "made-up-signs: drawn signs that no road has, 320 classes");

  static final Option<Boolean> ONLINE =
      flag(PROTOCOL, "online")
          .does("each image is met once: one epoch, and a memory is filled step by step");

  static final Option<Integer> EPOCHS =
      option(TRAINING, "epochs", "N", "2", atLeast(1)).does("epochs on each task");

  static final Option<Integer> ITERATIONS =
      option(TRAINING, "iterations", "N", "0", atLeast(0))
          .does(
              "in place of --epochs: steps on each task, in whole batches; 0: by epochs. Either,"
                  + " when given, puts aside the other of a protocol or --config");

  static final Option<Integer> BATCH =
      option(TRAINING, "batch", "N", "64", within(1, MOST_IMAGES)).does("new images in a batch");

  static final Option<Sampling> SAMPLING =
      option(TRAINING, "sampling", "NAME", "instance", choice("sampling", Sampling.values()))
          .does(
              "instance: an epoch meets each image once;",
              "square-root: a class with four times as many images twice as often;",
              "class: all classes alike");

  static final Option<Float> LEARNING_RATE =
      option(TRAINING, "lr", "RATE", "0.001", POSITIVE).does("highest learning rate");

  static final Option<RateSchedule> SCHEDULE =
      option(
              TRAINING,
              "schedule",
              "NAME",
              "step",
              new Kind<>(
                  "step, constant, cosine, restarts, or a factor and epochs as 0.2 at 49,63",
                  RateSchedule::parse))
          .does(
              "step: the rate is halved every five epochs;",
              "constant: it stays;",
              "cosine: it rises, then falls to nothing over each task;",
              "restarts: it falls to a hundredth and starts again after 1, 2, 4, ... epochs;",
              "\"0.2 at 49,63\": it is multiplied by 0.2 after 49 and 63 epochs of a task");

  static final Option<Integer> WARM_UP =
      option(TRAINING, "warm-up", "N", "0", atLeast(0))
          .does("epochs of each task in which the rate rises to what the schedule says");

  static final Option<Optimisation.Kind> OPTIMIZER =
      option(TRAINING, "optimizer", "NAME", "adam", choice("optimizer", Optimisation.Kind.values()))
          .does("adam; adamw: Adam whose decay acts on the weights themselves; sgd");

  static final Option<Double> MOMENTUM =
      option(TRAINING, "momentum", "M", "0", share(Double::valueOf))
          .does("share of its velocity that sgd keeps, such as 0.9");

  static final Option<Boolean> NESTEROV =
      flag(TRAINING, "nesterov").does("sgd looks ahead by one step of momentum");

  static final Option<Double> WEIGHT_DECAY =
      option(TRAINING, "weight-decay", "D", "0", share(Double::valueOf))
          .does("share of each parameter that is added to its gradient, or taken off by adamw");

  static final Option<Optimisation.State> OPTIMIZER_STATE =
      option(
              TRAINING,
              "optimizer-state",
              "NAME",
              "new",
              choice("optimizer state", Optimisation.State.values()))
          .does(
              "new: each task begins without moments;", "kept: it goes on with those of the last");

  static final Option<Float> CLIP =
      option(
              TRAINING,
              "clip",
              "NORM",
              "0",
              number(Float::valueOf, "0 or more, below 1000000", v -> v >= 0 && v < 1e6))
          .does("largest norm of all gradients together; 0 for no limit");

  static final Option<Integer> BUFFER =
      option(STRATEGIES, "buffer", "N", "200", atLeast(0)).does("images in the memory, in all");

  static final Option<Integer> BUFFER_PER_CLASS =
      option(STRATEGIES, "buffer-per-class", "N", "0", atLeast(0))
          .does(
              "in place of --buffer: images of each class met, so that the memory grows; where"
                  + " classes come again, of each class of each task");

  static final Option<Integer> BUFFER_PER_TASK =
      option(STRATEGIES, "buffer-per-task", "N", "0", atLeast(0))
          .does("in place of --buffer: images of each task met, so that the memory grows");

  static final Option<Integer> COMPRESSION =
      option(STRATEGIES, "compression", "N", "1", within(1, 64))
          .does(
              "keeps each image of the memory in an N-th of its bytes, with losses, and N times as"
                  + " many of them");

  static final Option<Replay> REPLAY =
      option(
              STRATEGIES,
              "replay",
              "HOW",
              "own",
              new Kind<>(
                  "own, mixed, mixed-evenly or a whole number",
                  "1 to 16384",
                  Replay::parse,
                  replay -> replay.form() != Replay.Form.COUNT || inABatch(replay.images())))
          .does(
              "own: with each batch as many images from memory as the strategy has it;",
              "N: so many;",
              "mixed: none, but the memory joins the training set of the task once;",
              "mixed-evenly: as often as makes it about as large as the task");

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
          SCENARIO,
          HEAD,
          LOSS_OVER,
          NETWORK_TEXT,
          INIT,
          LABEL_SMOOTHING,
          AVERAGE,
          PIXELS,
          AUGMENT,
          VIEWS,
          PRETRAINING_EPOCHS,
          PRETRAINING,
          ONLINE,
          EPOCHS,
          ITERATIONS,
          BATCH,
          SAMPLING,
          LEARNING_RATE,
          SCHEDULE,
          WARM_UP,
          OPTIMIZER,
          MOMENTUM,
          NESTEROV,
          WEIGHT_DECAY,
          OPTIMIZER_STATE,
          CLIP,
          BUFFER,
          BUFFER_PER_CLASS,
          BUFFER_PER_TASK,
          COMPRESSION,
          REPLAY,
          ALPHA,
          TEMPERATURE,
          SEED,
          SEEDS,
          NO_FUSION);

  private static boolean inABatch(int images) {
    return images >= 1 && images <= MOST_IMAGES;
  }

  private Options() {}

  private static Scenario scenario(String text) {
    Choice.of("scenario", text.strip().split("\\s+", -1)[0], List.of(Scenario.Kind.values()));
    return Scenario.parse(text);
  }
}
