/**
 * What a person sees while a run goes on: {@link engram.bench.console.Screen} with its {@link
 * engram.bench.console.Bar}, the {@link engram.bench.console.ResultTable} at the end, Ctrl-C.
 */
package engram.bench.console;
