/**
 * Fusion: a table of small rewrites of a recorded graph, each of which replaces a few ops by ops
 * that give the same values with less work. The table is {@link engram.fusion.Fusion#RULES}.
 *
 * <p>Read {@link engram.fusion.Rule}, the shape of a line of the table, then {@code Epilogue}, the
 * rules that most graphs meet; {@link engram.fusion.Site} is what a rule sees of the graph, {@link
 * engram.fusion.Match} what it answers: a {@link engram.fusion.Rewrite}, or why there is none.
 * {@link engram.fusion.Fusion} applies them until none matches, and a {@link
 * engram.fusion.FusionListener} can watch. What they were recorded as can be run too, to study or
 * to bisect.
 */
package engram.fusion;
