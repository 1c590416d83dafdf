/**
 * Recording and differentiating. A {@link engram.graph.Tape} notes each op that is applied as a
 * {@link engram.graph.Node}; what it has noted is a {@link engram.graph.Graph}, a value that can be
 * printed and rewritten. {@link engram.graph.Autograd} walks a tape backwards and appends the ops
 * of the gradients to the same tape; what it does at each node it shows as a {@link
 * engram.graph.BackwardFrame}. Nothing is computed here.
 */
package engram.graph;
