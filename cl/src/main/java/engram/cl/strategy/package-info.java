/**
 * Ways to learn a task without forgetting the ones before, one small class each, with formula and
 * paper. {@link engram.cl.strategy.Strategy} is the contract, {@link engram.cl.strategy.FineTune}
 * the least of them, {@code Rehearsal} what those with a memory share, {@link
 * engram.cl.strategy.RehearsalKd} the one to read as an example.
 *
 * <p>What they are made of: {@code Teacher} (the network before the task), {@link
 * engram.cl.strategy.TaskEnd} (what may be asked and trained when a task is done), {@link
 * engram.cl.strategy.Predictor} with {@link engram.cl.strategy.Head} (who answers), {@code With...}
 * (another head around any strategy).
 */
package engram.cl.strategy;
