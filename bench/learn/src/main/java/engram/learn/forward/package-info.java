/** Chapter 2: ops forward, graded on the ops' own cases and inside a training step. */
package engram.learn.forward;
