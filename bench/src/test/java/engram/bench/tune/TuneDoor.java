package engram.bench.tune;

import engram.bench.record.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Lets the fuzzer in to readers of this package. */
public final class TuneDoor {
  private final RunFolder folder;

  public TuneDoor(Path folder) throws IOException {
    this.folder = RunFolder.at(folder, false);
  }

  /** Trials that are done. */
  public void trials() throws IOException {
    new TrialLog(folder, List.of("lr", "epochs")).done();
  }
}
