/**
 * Chapter 7: optimisers, first values and batch normalisation, graded against the engine in double
 * precision, in a network that trains, and by vectors of libtorch where there are some.
 */
package engram.learn.learning;
