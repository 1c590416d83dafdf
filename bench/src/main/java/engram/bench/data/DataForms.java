package engram.bench.data;

import engram.data.catalog.DataEntry;
import engram.data.catalog.Datasets;
import java.util.Iterator;

/** What may be written as a data set, for help and completion. */
final class DataForms implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Datasets.TABLE.stream().map(DataEntry::form).iterator();
  }
}
