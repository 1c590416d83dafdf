/**
 * Chapter 6: how long values live and where they lie, graded on training steps that the engine
 * runs, against its own plan of them.
 */
package engram.learn.memory;
