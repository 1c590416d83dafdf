/**
 * {@link engram.nn.summary.Summary}: what each layer of a network gives and costs, as a value and
 * as a table for people.
 */
package engram.nn.summary;
