/**
 * What runs: strategies over the tasks of a data set. Read {@link engram.cl.experiment.Experiment}
 * first, the loop over seeds, strategies and tasks; then {@code Learner}, which trains a task,
 * {@code FinishedTask}, what a strategy may do at a task's end, and {@code Evaluator}, which
 * measures.
 *
 * <p>What happens is told as {@link engram.cl.experiment.RunEvent}s to one {@link
 * java.util.function.Consumer}. {@link engram.cl.experiment.StopRequest} ends a run early.
 */
package engram.cl.experiment;
