/**
 * {@link engram.nn.summary.Summary}: what each layer of a network gives and costs, as a value and,
 * by {@code SummaryTable}, as a table for people.
 */
package engram.nn.summary;
