/**
 * What a run remembers, so that it can go on where it was: {@link engram.cl.state.Stateful} objects
 * tell it once for both ways, into a {@link engram.cl.state.Snapshot} and back.
 *
 * <p>Little is state: random numbers are a function of seed, task, epoch and step, and what a task
 * begins with is made anew by the same calls. What is left are numbers that training changes,
 * images in memory, and counters.
 */
package engram.cl.state;
