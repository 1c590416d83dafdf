/**
 * Commands that look inside: the layers of a network; one training step as a table, as a graph, or
 * on two devices; the devices there are, the strategies there are, and a comparison with another
 * library's numbers. {@link engram.bench.subject} says which network and which images.
 */
package engram.bench.look;
