package engram.cl.settings;

import engram.cl.memory.Capacity;
import engram.cl.memory.Replay;
import engram.cl.stream.Augmentation;
import engram.cl.stream.ImageInput;
import engram.cl.stream.PixelScale;
import engram.cl.stream.Sampling;
import engram.cl.stream.TaskLength;
import engram.cl.stream.Views;
import engram.cl.task.Scenario;
import engram.data.ImageSet;
import engram.nn.optim.Schedule;
import engram.nn.train.TrainingOptions;
import engram.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Everything that decides what a run computes, apart from the data and the device. The same
 * settings give the same results, bit for bit. What each part of its parts means, and which values
 * it may have, is said by its row of {@link Options}.
 *
 * @param strategies names, in the order in which they run; see {@code engram.cl.catalog}
 */
public record Settings(
    List<String> strategies,
    Protocol protocol,
    Recipe recipe,
    Training training,
    Rehearsal rehearsal) {

  /** What is learnt when, with which seeds. */
  public record Protocol(
      Preset preset,
      String tasks,
      String classOrder,
      boolean online,
      long seed,
      int seeds,
      Scenario scenario,
      Head head,
      LossOver lossOver) {

    public Protocol {
      Options.SEEDS.require(seeds);
      if (seed > Long.MAX_VALUE - seeds) {
        throw new IllegalArgumentException(
            "seed is %s, expected at most %s with seeds %s: they are counted up"
                .formatted(seed, Long.MAX_VALUE - seeds, seeds));
      }
      if (lossOver == LossOver.ALL && head != Head.FULL) {
        throw new IllegalArgumentException(
            "loss-over is all, but head growing has no outputs of classes that come later: use"
                + " --head full");
      }
      LossOver only = scenario.kind() == Scenario.Kind.TASK ? LossOver.TASK : LossOver.MET;
      if (scenario.kind() != Scenario.Kind.CLASS && lossOver != only) {
        throw new IllegalArgumentException(
            "loss-over is %s, expected %s in scenario %s: %s"
                .formatted(
                    lossOver,
                    only,
                    scenario,
                    only == LossOver.TASK
                        ? "the task is told"
                        : "all classes are met in the first task"));
      }
      if (scenario.kind() == Scenario.Kind.BLURRY && head != Head.FULL) {
        throw new IllegalArgumentException(
            "head is growing, expected full in scenario %s: all classes are met in the first task"
                .formatted(scenario));
      }
    }

    Protocol(Values v) {
      this(
          v.get(Options.PRESET),
          v.get(Options.TASKS),
          v.get(Options.CLASS_ORDER),
          v.get(Options.ONLINE),
          v.get(Options.SEED),
          v.get(Options.SEEDS),
          v.get(Options.SCENARIO),
          v.get(Options.HEAD),
          v.get(Options.LOSS_OVER));
    }
  }

  /** What lifts every strategy alike: the network, what it sees, and what steadies it. */
  public record Recipe(
      String network,
      FirstValues init,
      float labelSmoothing,
      double average,
      PixelScale pixels,
      Augmentation augmentation,
      Views views) {

    public Recipe {
      Options.LABEL_SMOOTHING.require(labelSmoothing);
      Options.AVERAGE.require(average);
    }

    Recipe(Values v) {
      this(
          v.get(Options.NETWORK_TEXT),
          v.get(Options.INIT),
          v.get(Options.LABEL_SMOOTHING),
          v.get(Options.AVERAGE),
          v.get(Options.PIXELS),
          v.get(Options.AUGMENT),
          v.get(Options.VIEWS));
    }

    /**
     * How images come into batches.
     *
     * @param train all training images of the data set
     */
    public ImageInput input(ImageSet train) {
      return new ImageInput(
          Shape.shape(train.height(), train.width(), train.channels()),
          pixels.of(train),
          augmentation);
    }
  }

  /** How a task is trained. */
  public record Training(
      int pretrainingEpochs,
      Pretraining pretraining,
      int epochs,
      int iterations,
      int batch,
      Sampling sampling,
      float learningRate,
      RateSchedule schedule,
      int warmUp,
      Optimisation optimisation,
      float clip,
      boolean fusion) {

    public Training {
      Options.PRETRAINING_EPOCHS.require(pretrainingEpochs);
      Options.EPOCHS.require(epochs);
      Options.ITERATIONS.require(iterations);
      Options.BATCH.require(batch);
      Options.LEARNING_RATE.require(learningRate);
      Options.WARM_UP.require(warmUp);
      Options.CLIP.require(clip);
    }

    Training(Values v) {
      this(
          v.get(Options.PRETRAINING_EPOCHS),
          v.get(Options.PRETRAINING),
          v.get(Options.EPOCHS),
          v.get(Options.ITERATIONS),
          v.get(Options.BATCH),
          v.get(Options.SAMPLING),
          v.get(Options.LEARNING_RATE),
          v.get(Options.SCHEDULE),
          v.get(Options.WARM_UP),
          new Optimisation(v),
          v.get(Options.CLIP),
          !v.get(Options.NO_FUSION));
    }

    /** How long a task of so many examples is trained. */
    public TaskLength length(int examples) {
      return iterations == 0
          ? TaskLength.ofEpochs(epochs, examples, batch)
          : TaskLength.ofSteps(iterations, examples, batch);
    }

    /** The learning rate of each step of a task. */
    public Schedule rates(TaskLength length) {
      return schedule.over(learningRate, length, warmUp);
    }

    /** Whether the network knows the classes of the first task before that begins. */
    public boolean isFirstTaskKnown() {
      return pretrainingEpochs > 0 && pretraining == Pretraining.FIRST_TASK;
    }

    /** How long a network is trained on so many examples before any strategy starts. */
    public TaskLength pretrainingLength(int examples) {
      return TaskLength.ofEpochs(pretrainingEpochs, examples, batch);
    }
  }

  /**
   * The memory, and the distillation of rehearsal-kd.
   *
   * @param buffer images in all, of their full size; 0 where another size is given
   * @param compression how many images are kept in the bytes of one
   */
  public record Rehearsal(
      int buffer,
      int bufferPerClass,
      int bufferPerTask,
      int compression,
      Replay replay,
      float alpha,
      float temperature) {

    public Rehearsal {
      Options.BUFFER.require(buffer);
      Options.BUFFER_PER_CLASS.require(bufferPerClass);
      Options.BUFFER_PER_TASK.require(bufferPerTask);
      Options.COMPRESSION.require(compression);
      Options.REPLAY.require(replay);
      Options.ALPHA.require(alpha);
      Options.TEMPERATURE.require(temperature);
      if (IntStream.of(buffer, bufferPerClass, bufferPerTask).filter(n -> n > 0).count() > 1) {
        throw new IllegalArgumentException(
            "buffer is %d, buffer-per-class %d, buffer-per-task %d: a memory has one size, give one of them"
                .formatted(buffer, bufferPerClass, bufferPerTask));
      }
      int images = buffer + bufferPerClass + bufferPerTask;
      if ((long) images * compression > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "compression is %d, which makes %d images %d, expected at most %d"
                .formatted(compression, images, (long) images * compression, Integer.MAX_VALUE));
      }
    }

    Rehearsal(Values v) {
      this(
          v.get(Options.BUFFER),
          v.get(Options.BUFFER_PER_CLASS),
          v.get(Options.BUFFER_PER_TASK),
          v.get(Options.COMPRESSION),
          v.get(Options.REPLAY),
          v.get(Options.ALPHA),
          v.get(Options.TEMPERATURE));
    }

    /** What the memory may hold. */
    public Capacity capacity() {
      return uncompressed().compressed(compression);
    }

    private Capacity uncompressed() {
      if (bufferPerClass > 0) {
        return Capacity.perClass(bufferPerClass);
      }
      return bufferPerTask > 0 ? Capacity.perTask(bufferPerTask) : Capacity.total(buffer);
    }

    /**
     * The most images that a strategy adds to a batch: twice as many as there are new ones, or
     * twice the number that was asked for.
     *
     * @param batch new images in a batch
     */
    public int mostReplayed(int batch) {
      return 2 * Math.max(batch, replay.images());
    }
  }

  public Settings {
    strategies = Options.STRATEGY_NAMES.require(List.copyOf(strategies));
    requireOnce(protocol, "epochs", training.epochs(), 1);
    requireOnce(protocol, "pretraining-epochs", training.pretrainingEpochs(), 0);
    requireOnce(protocol, "iterations", training.iterations(), 0);
    if (protocol.online() && training.sampling() != Sampling.INSTANCE) {
      throw new IllegalArgumentException(
          "sampling is %s, expected instance when online: each image is met once"
              .formatted(training.sampling()));
    }
    if (protocol.online() && rehearsal.replay().isMixed()) {
      throw new IllegalArgumentException(
          "replay is %s, expected own or a number when online: the memory changes with each step"
              .formatted(rehearsal.replay()));
    }
  }

  private static void requireOnce(Protocol protocol, String name, int epochs, int expected) {
    if (protocol.online() && epochs != expected) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d when online: each image is met once"
              .formatted(name, epochs, expected));
    }
  }

  /**
   * Settings of the values of options.
   *
   * @throws IllegalArgumentException naming the option, its value and the rule
   */
  public Settings(Values v) {
    this(
        v.get(Options.STRATEGY_NAMES),
        new Protocol(v),
        new Recipe(v),
        new Training(v),
        new Rehearsal(v));
  }

  /** Settings that a person gave; the preset says the others: see {@link Values#of}. */
  public static Settings of(Map<String, String> given, boolean photographs) {
    return new Settings(Values.of(given, Options.ALL, photographs));
  }

  /** How training steps are made. */
  public TrainingOptions trainingOptions() {
    return furtherTrainingOptions().withLabelSmoothing(recipe.labelSmoothing());
  }

  /** How steps of what a strategy trains when a task is done are made: labels are as they are. */
  public TrainingOptions furtherTrainingOptions() {
    TrainingOptions options = new TrainingOptions();
    options = training.clip() == 0 ? options : options.withClip(training.clip());
    return training.fusion() ? options : options.withoutFusion();
  }

  /** Most images of a step: new ones, and those that a strategy may add. */
  public int imagesOfStep() {
    return training.batch() + rehearsal.mostReplayed(training.batch());
  }
}
