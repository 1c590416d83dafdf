/**
 * The {@code engram} command line. {@link engram.bench.Engram} lists the commands; each lives in
 * the room of what it does: {@code run}, {@code report}, {@code tune}, {@code metrics}, {@code
 * data}, {@code look} and {@code speed}.
 */
package engram.bench;
