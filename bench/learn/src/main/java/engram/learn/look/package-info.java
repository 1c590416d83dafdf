/** Chapter 0: ten questions on one training step. */
package engram.learn.look;
