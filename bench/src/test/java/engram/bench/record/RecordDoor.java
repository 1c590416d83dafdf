package engram.bench.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lets the fuzzer in to readers of this package. */
public final class RecordDoor {
  private final RunFolder folder;

  public RecordDoor(Path folder) throws IOException {
    this.folder = RunFolder.at(folder, false);
  }

  /** What a doctor found before a run was interrupted. */
  public void doctor() throws IOException {
    List<String> said = new ArrayList<>();
    var _ = new DoctorNotes(folder.path(), new BestEffort(folder, said::add), said::add);
    if (!said.isEmpty()) {
      throw new IOException(said.getFirst());
    }
  }
}
