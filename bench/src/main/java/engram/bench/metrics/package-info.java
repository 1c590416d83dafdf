/**
 * {@code engram metrics}: reads an accuracy matrix as people have it ({@code MatrixFile}, with or
 * without names, in shares or percent) and prints what it says about forgetting.
 */
package engram.bench.metrics;
