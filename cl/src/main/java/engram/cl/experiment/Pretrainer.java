package engram.cl.experiment;

import engram.cl.settings.Pretraining;
import engram.cl.settings.Settings;
import engram.cl.strategy.FineTune;
import engram.cl.stream.TaskLength;
import engram.cl.task.Examples;
import engram.cl.task.TaskSequence;
import engram.data.synthetic.MadeUpSigns;
import engram.nn.Network;
import engram.tensor.Shape;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a network learns before the first strategy, by cross-entropy alone.
 *
 * @param tasks trains on classes of a sequence
 * @param apart trains on classes that no data set has, so that nothing is known of them
 */
record Pretrainer(Function<TaskSequence, Learner> tasks, Supplier<Learner> apart) {

  /**
   * Fails if images are not such as made-up signs are.
   *
   * @param image shape of one, [height, width, channels]
   * @throws IllegalArgumentException saying what to use in its place
   */
  static void requireFits(Settings.Training training, Shape image) {
    Shape signs = Shape.shape(MadeUpSigns.SIZE, MadeUpSigns.SIZE, 3);
    if (training.pretrainingEpochs() > 0
        && training.pretraining() == Pretraining.MADE_UP_SIGNS
        && !image.equals(signs)) {
      throw new IllegalArgumentException(
          "pretraining is made-up-signs, whose images are %s, those of the data are %s: use first-task"
              .formatted(signs, image));
    }
  }

  /**
   * Trains a network in place.
   *
   * @param first names the first epoch
   */
  Beginning run(Network network, TaskSequence sequence, EpochId first) {
    Learner learner = tasks.apply(sequence);
    return switch (learner.settings().training().pretraining()) {
      case FIRST_TASK ->
          new Beginning(
              network, train(learner, network, sequence.tasks().getFirst().train(), first).kept());
      case MADE_UP_SIGNS -> {
        Network wide = network.grow(Math.max(MadeUpSigns.CLASSES, network.classes()), first.seed());
        int threads = Runtime.getRuntime().availableProcessors();
        Examples signs = Examples.of(MadeUpSigns.generate(first.seed(), threads));
        train(apart.get(), wide, signs, first);
        network.copyStem(wide);
        yield new Beginning(network, Optional.empty());
      }
    };
  }

  private static Learner.Trained train(
      Learner learner, Network network, Examples examples, EpochId first) {
    TaskLength length = learner.settings().training().pretrainingLength(examples.size());
    TaskTraining training =
        new TaskTraining(
            learner,
            network,
            new FineTune(),
            examples,
            length,
            Optional.empty(),
            first,
            Optional.empty());
    // Its own states are not kept: it is the shortest part of a run.
    return training.run(new StateKeeper(Optional.empty()));
  }
}
