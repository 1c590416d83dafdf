/**
 * {@code engram bench}: {@link engram.bench.speed.BenchCommand} chooses between the step alone
 * ({@code StepSpeed}), the suite ({@code SuiteRun}, with tables and a roofline), the ladders and
 * the comparison with other libraries ({@code PeerRun}).
 */
package engram.bench.speed;
