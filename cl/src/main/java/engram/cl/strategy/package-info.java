/**
 * Ways to learn class after class, one file each, with the paper and the formula of the loss. Read
 * {@link engram.cl.strategy.Strategy}, whose methods stand in the order in which they are called;
 * {@link engram.cl.strategy.FineTune}, which does nothing about forgetting; {@code Rehearsal} and
 * {@link engram.cl.strategy.ExperienceReplay}, which keep images; {@link
 * engram.cl.strategy.RehearsalKd}, which also keeps the network before the task as a teacher.
 *
 * <p>What they share: {@code Distilling} and its {@code Teacher}, {@code ParameterPenalty} for
 * those that hold parameters, {@link engram.cl.strategy.MovingAverage}, and {@code Terms} of
 * losses. How images are classified is a {@link engram.cl.strategy.Predictor}; {@link
 * engram.cl.strategy.WithNearestMean} and {@link engram.cl.strategy.WithDiscriminant} put another
 * one on any strategy. {@link engram.cl.strategy.TaskEnd} is what a strategy may do when a task is
 * over.
 */
package engram.cl.strategy;
