/**
 * The benchmarks: each declared case of every op, the step, and loading. {@link
 * engram.bench.suite.Suite} runs them with JMH in processes of their own, each after {@code
 * OutputCheck} found its output right.
 */
package engram.bench.suite;
