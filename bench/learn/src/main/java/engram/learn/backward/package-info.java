/** Chapter 3: six gradients by hand, graded by finite differences and inside a training step. */
package engram.learn.backward;
