/**
 * Published protocols and what was reached by them. {@link engram.cl.protocol.Protocols} has their
 * files: settings, source and figures, one screen each. A {@link
 * engram.cl.protocol.PublishedResult} is one figure, an {@link engram.cl.protocol.Agreement} ours
 * beside it.
 */
package engram.cl.protocol;
