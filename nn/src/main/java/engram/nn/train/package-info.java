/**
 * Training and use. {@link engram.nn.train.Trainer} and {@link engram.nn.train.Inference} are all
 * that a first program needs, with {@link engram.nn.train.Examples} to feed them.
 *
 * <p>What is trained towards is an {@link engram.nn.train.Objective}. It is asked once for each
 * batch size, with a {@link engram.nn.train.StepTape} to write its loss on; the trainer appends the
 * backward pass and the update; what comes out is a {@link engram.nn.train.TrainingStep}, which
 * only has to be filled and run. {@link engram.nn.train.TrainingOptions} are clipping, label
 * smoothing and fusion.
 */
package engram.nn.train;
