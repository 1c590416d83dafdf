/**
 * Chapter 12: herding, the losses that are used against forgetting with their gradients, weight
 * aligning and consolidation. A {@link engram.learn.remembering.LossCase} holds the learner's loss
 * and gradient to what the engine records and differentiates, in double precision; {@link
 * engram.learn.remembering.LinearNetwork} carries the gradient to weights and compares it with
 * finite differences of the learner's own loss.
 */
package engram.learn.remembering;
