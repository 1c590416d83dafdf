/**
 * Forgetting while it happens: {@code engram run --live}. {@link engram.bench.live.Live} is all
 * that a run sees. {@code LiveStory} turns the events of a run into lines of JSON, {@code
 * LiveServer} gives them to browsers on this machine, {@code LiveControl} lets these pause the
 * training, and {@code LivePage} writes the page with all lines in it, so that it works when the
 * run is long over.
 */
package engram.bench.live;
