/**
 * {@code engram learn}: the course on the command line; the exercises are those of engram.learn.
 */
package engram.bench.learn;
