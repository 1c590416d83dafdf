/**
 * Commands that look inside: one training step as a table, as a graph, or on two devices; the
 * devices there are, the strategies there are, and a comparison with another library's numbers.
 * {@code SampleStep} is the step that all of them look at.
 */
package engram.bench.look;
