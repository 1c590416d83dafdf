/**
 * Batch normalisation and its gradients, with the activation and the residual that were fused with
 * them: passes over memory that do all they can to a number while it is at hand.
 *
 * <p>A row may be a few channels, too short for vector code. So what belongs to a channel is
 * repeated for some rows, as {@link engram.backend.vector.norm.ChannelPattern} says, and the loops
 * of {@link engram.backend.vector.norm.NormLoops} run over as many rows at once; the results for
 * the copies of a channel are added at the end.
 */
package engram.backend.vector.norm;
