/**
 * What a person sees while a run goes on: {@link engram.bench.console.Screen} with its {@link
 * engram.bench.console.Bar}, the {@link engram.bench.console.ResultTable} at the end, Ctrl-C; and
 * what the commands have in common, a {@link engram.bench.console.Subcommand}.
 */
package engram.bench.console;
