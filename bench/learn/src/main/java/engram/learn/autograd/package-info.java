/** Chapter 4: the walk, accumulation and where to stop, graded on two hundred random graphs. */
package engram.learn.autograd;
