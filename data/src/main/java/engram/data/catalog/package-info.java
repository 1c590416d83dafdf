/** {@link engram.data.catalog.Datasets}: from a name on the command line to a data set. */
package engram.data.catalog;
