/**
 * What is wrong with a training, said while it runs. An {@link engram.nn.doctor.Doctor} runs the
 * steps of a trainer and examines some of them; each thing that can be wrong is a class of its own,
 * which looks at an {@link engram.nn.doctor.Examination} and gives a {@link
 * engram.nn.doctor.Finding}:
 *
 * <table>
 * <caption>Symptoms</caption>
 * <tr><td>{@code label-out-of-range}<td>a label that is no class
 * <tr><td>{@code nan-in-input}<td>NaN or infinity in the batch
 * <tr><td>{@code unscaled-input}<td>inputs far from 0, such as pixels from 0 to 255
 * <tr><td>{@code constant-feature}<td>an input column, channel or unit of variance 0
 * <tr><td>{@code old-gradients}<td>gradients that an earlier step has taken already
 * <tr><td>{@code zero-weights}<td>a layer that begins with weights that are all alike
 * <tr><td>{@code decay-eats-weights}<td>weights of all layers shrink fast
 * <tr><td>{@code rate-too-large}<td>a step changes a weight by more than its norm
 * <tr><td>{@code rate-too-small}<td>no step changes any weight by a millionth of its norm
 * <tr><td>{@code dead-rectifier}<td>nine tenths of a ReLU's units give 0 for every input
 * <tr><td>{@code frozen-layer}<td>a layer stays as it is while others learn
 * <tr><td>{@code saturated-softmax}<td>answers that are certain and wrong
 * <tr><td>{@code learns-nothing}<td>the loss is still that of guessing after 200 steps
 * <tr><td>{@code log-of-zero}, {@code not-finite}<td>the node that makes the first NaN or infinity
 * <tr><td>{@code empty-class}<td>a class that was never a label
 * </table>
 *
 * <p>Thresholds are far from what healthy training does: a doctor who cries wolf is not asked.
 */
package engram.nn.doctor;
