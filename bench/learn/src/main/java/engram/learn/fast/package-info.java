/**
 * Chapter 9: the rungs of the kernel ladder, written by the learner. Each product is held to the
 * definition in double precision; those above the first then run in turns with the learner's first
 * one, {@link engram.learn.fast.Race}.
 */
package engram.learn.fast;
