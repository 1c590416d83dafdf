/**
 * The data set as a learner meets it. A {@link engram.cl.task.ClassOrder} says in which order the
 * classes come and {@link engram.cl.task.TaskSizes} how many come at once; {@link
 * engram.cl.task.TaskSplit} puts the two together and numbers the labels, as the {@link
 * engram.cl.task.Scenario} says; {@link engram.cl.task.TaskSequence} is that of a data set, a
 * {@link engram.cl.task.Task} with its images after the other. {@link engram.cl.task.Examples}
 * picks images without copying one.
 */
package engram.cl.task;
