/**
 * <i>2017</i> and the capstone. In {@code rehearsal} the learner's losses, memory and loops train a
 * network of the engine's, {@link engram.learn.continual.EngineNetwork}, on {@link
 * engram.learn.continual.TwoByTwo}; in {@code mine} a strategy of theirs runs in an experiment of
 * {@code engram run}.
 */
package engram.learn.continual;
