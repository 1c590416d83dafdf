/**
 * Fusion: a table of small rewrites of a recorded graph, each of which replaces a few ops by ops
 * that give the same values with less work. The table is {@link engram.fusion.Fusion#RULES}.
 */
package engram.fusion;
