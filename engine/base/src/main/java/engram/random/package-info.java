/**
 * Random numbers that a seed and a counter name, so that nothing has to be saved to draw them
 * again. {@link engram.random.SplitMix64} mixes bits; {@link engram.random.CounterRandom} makes
 * streams of numbers from it, one for each purpose.
 */
package engram.random;
