/**
 * {@code engram protocols}: {@link engram.bench.verified.ProtocolsCommand} lists and shows
 * published protocols, {@link engram.bench.verified.VerifiedTable} compares run folders with them.
 */
package engram.bench.verified;
