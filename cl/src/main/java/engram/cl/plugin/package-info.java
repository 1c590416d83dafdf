/**
 * Strategies and networks from outside the tree. {@link engram.cl.plugin.Plugins} is what a run
 * knows of them; {@code Plugin} is what one file offers, a jar by {@link java.util.ServiceLoader},
 * a source file by {@link engram.cl.plugin.SourceFile}, which compiles it in this process.
 */
package engram.cl.plugin;
