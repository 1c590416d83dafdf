/**
 * {@code engram bench --assembly}: what the compiler made of a kernel's hot loop. {@link
 * engram.bench.assembly.AssemblyRun} starts a runtime that prints its compiled code and runs {@link
 * engram.bench.assembly.HotCase}; {@link engram.bench.assembly.Listing} reads that, {@link
 * engram.bench.assembly.HotLoop} counts.
 */
package engram.bench.assembly;
