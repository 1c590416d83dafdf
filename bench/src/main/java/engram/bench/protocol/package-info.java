/**
 * Published protocols on the command line. A {@link engram.bench.protocol.Protocol} is what a file
 * of {@code engram.cl.protocol} says; {@link engram.bench.protocol.AgreementTable} shows ours
 * beside it; {@link engram.bench.protocol.ProtocolCard} is how any run was made, in some twenty
 * fields.
 */
package engram.bench.protocol;
