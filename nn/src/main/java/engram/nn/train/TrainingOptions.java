package engram.nn.train;

import engram.fusion.Fusion;
import engram.graph.Graph;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a training step is made.
 *
 * @param clip largest Euclidean norm that all gradients together may have; empty for no limit
 * @param labelSmoothing share of each label that {@link StepTape#classification} spreads evenly
 *     over all classes (Szegedy et al. 2016), 0 for none
 * @param groups group of each class: {@link StepTape#classification} compares an image among the
 *     classes of its own group only; empty to compare all
 * @param fusion whether ops are fused where that is faster; off to study or to bisect
 */
public record TrainingOptions(
    OptionalDouble clip, double labelSmoothing, List<Integer> groups, boolean fusion) {

  public TrainingOptions {
    groups = List.copyOf(groups);
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing is " + labelSmoothing + ", expected a share from 0 to below 1");
    }
  }

  /** No clipping, fusion on. */
  public TrainingOptions() {
    this(OptionalDouble.empty(), 0, List.of(), true);
  }

  /** The graph to run for a recorded one. */
  Graph applyTo(Graph recorded) {
    return fusion ? Fusion.rewrite(recorded) : recorded;
  }

  /** These options with gradients clipped to a norm. */
  public TrainingOptions withClip(double max) {
    return new TrainingOptions(OptionalDouble.of(max), labelSmoothing, groups, fusion);
  }

  /** These options with labels smoothed. */
  public TrainingOptions withLabelSmoothing(double share) {
    return new TrainingOptions(clip, share, groups, fusion);
  }

  /**
   * These options with classes compared within their groups.
   *
   * @param ofClasses group of each class; empty to compare all
   */
  public TrainingOptions withGroups(List<Integer> ofClasses) {
    return new TrainingOptions(clip, labelSmoothing, ofClasses, fusion);
  }

  /** These options with every op run as it was recorded. */
  public TrainingOptions withoutFusion() {
    return new TrainingOptions(clip, labelSmoothing, groups, false);
  }
}
