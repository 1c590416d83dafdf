package engram.data;

/** A data set where it lies, which takes so long to read that what was read is kept in a cache. */
public interface DataSource {

  /** Changes whenever {@link #load} could give other images than before. */
  String key();

  /**
   * Reads all of it.
   *
   * @param threads how many threads read; the result does not depend on it
   * @throws DataException naming the file and the row or byte if something is missing or damaged
   */
  Dataset load(int threads);
}
