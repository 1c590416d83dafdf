package engram.nn.doctor;

import engram.nn.Sequential;
import java.util.List;
import java.util.Set;

/**
 * What a doctor looked at after a step.
 *
 * @param step number of the step, from 1
 * @param look number of the examination, from 1
 * @param model layers of the network
 * @param inputs of the batch, [N, ...]
 * @param targets of the batch, [N]
 * @param labelReads where the loss takes targets for labels
 * @param unused names of parameters that the loss says it does not use
 * @param spent how many backward passes among the gradients an earlier step has taken already
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
    List<LabelRead> labelReads,
    Set<String> unused,
    int spent,
    float loss,
    List<ParameterChange> parameters,
    List<Activation> activations,
    float[] logits,
    int rows) {

  public Examination {
    labelReads = List.copyOf(labelReads);
    parameters = List.copyOf(parameters);
    activations = List.copyOf(activations);
    unused = Set.copyOf(unused);
  }

  /** Whether what normalisations remember, and probes use, has had time to become true. */
  boolean settled() {
    return model.state().isEmpty() || step >= 20;
  }

  /** Whether the network's own logits are what the loss compares with labels. */
  boolean labelled() {
    return labelReads.stream().anyMatch(r -> r.shift() == 0 && r.classes() == classes())
        && !unused.contains(model.classifierName() + ".weight");
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
