/** {@code engram data}: fetches data sets, and shows what is in one. */
package engram.bench.data;
