/**
 * Chapter 8 and 1998: training loops, of which the engine runs the parts, graded by the loss curve
 * and on digits that the network has not seen.
 */
package engram.learn.loop;
