/**
 * Data sets over the network. {@link engram.data.fetch.Origin} says which files make one, where
 * they are and how they are known to be whole; {@link engram.data.fetch.Fetch} brings them, each by
 * a {@code Download} that goes on where it stopped and whose {@code StallGuard} ends silence.
 */
package engram.data.fetch;
