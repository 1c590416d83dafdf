/**
 * Chapter 5: rules of fusion, graded on graphs where they must fire, on graphs where they must not,
 * and by the numbers that both graphs give.
 */
package engram.learn.fusion;
