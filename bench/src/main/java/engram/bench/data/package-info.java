/** {@code engram data}: fetches GTSRB, and shows what is in a data set. */
package engram.bench.data;
