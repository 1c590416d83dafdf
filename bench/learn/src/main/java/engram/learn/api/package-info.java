/**
 * What the learner's own classes promise, an interface for each exercise: those of a chapter stand
 * together in one file. Numbers come as {@link engram.op.Values}, as the definitions of the
 * engine's own ops see them.
 */
package engram.learn.api;
