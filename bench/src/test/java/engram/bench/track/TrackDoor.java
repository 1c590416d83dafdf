package engram.bench.track;

import java.io.IOException;
import java.net.URI;

/** Lets the fuzzer in to readers of this package. */
public final class TrackDoor {
  private static final String UPLOAD = "/data/createRunFiles/files/0/uploadUrl";

  private TrackDoor() {}

  /** What a server says, and where it says that a file goes. */
  public static void answer(String text) throws IOException {
    var said = PatientHttp.parsed(text, UPLOAD);
    if (said.isEmpty()) {
      throw new IOException("an answer that makes no sense");
    }
    PatientHttp.address(URI.create("https://api.wandb.ai/"), said.get().at(UPLOAD).asText());
  }
}
