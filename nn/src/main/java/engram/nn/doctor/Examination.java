package engram.nn.doctor;

import engram.nn.Sequential;
import java.util.List;

/**
 * What a doctor looked at after a step.
 *
 * @param step number of the step, from 1
 * @param look number of the examination, from 1
 * @param model layers of the network
 * @param inputs of the batch, [N, ...]
 * @param targets of the batch, [N]
 * @param labelled whether the targets are labels
 * @param loss of the step
 * @param parameters what the step did to each
 * @param activations what the layers give now for the first {@code rows} inputs
 * @param logits for these inputs [rows, classes]
 * @param rows number of these inputs
 */
public record Examination(
    long step,
    int look,
    Sequential model,
    float[] inputs,
    float[] targets,
    boolean labelled,
    float loss,
    List<ParameterChange> parameters,
    List<Activation> activations,
    float[] logits,
    int rows) {

  public Examination {
    parameters = List.copyOf(parameters);
    activations = List.copyOf(activations);
  }

  /** Whether what normalisations remember, and probes use, has had time to become true. */
  boolean settled() {
    return model.state().isEmpty() || step >= 20;
  }

  /** Classes of the network. */
  int classes() {
    return logits.length / rows;
  }

  /** Numbers of one input. */
  int inputElements() {
    return inputs.length / targets.length;
  }

  /** {@code picture} where inputs have height, width and channels, else {@code row}. */
  String example() {
    return model.input().rank() == 3 ? "picture" : "row";
  }

  /** The parameters that multiply. */
  List<ParameterChange> weights() {
    return parameters.stream().filter(ParameterChange::isWeight).toList();
  }
}
