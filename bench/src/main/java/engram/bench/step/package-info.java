/**
 * One training step under glass: recorded, differentiated, fused, planned, replayed. {@link
 * engram.bench.step.StepCommand} finds the step, {@code Capture} runs it once and keeps every
 * value, {@code Stages} puts all that there is to see into plain records. Two views show the same
 * records: {@code StepPage} writes an HTML file, {@code StepTerminal} is a session with keys.
 * {@code Sums} says how an element came about, {@code Differences} what finite differences say of a
 * gradient, {@code Against} what is other in a second step.
 */
package engram.bench.step;
