/**
 * {@link engram.data.catalog.Datasets}: from a name on the command line to a data set. {@code
 * DataTable} lists them all, each an {@link engram.data.catalog.DataEntry}; {@link
 * engram.data.catalog.DataOptions} is what a person may want of any.
 */
package engram.data.catalog;
