package engram.bench.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Lets the fuzzer in to readers of this package. */
public final class SweepDoor {
  private SweepDoor() {}

  /** A good lock file. */
  public static String owner() {
    return new String(Owner.here().toBytes(), UTF_8);
  }

  /** Who holds a lock; asked whether it lives where it says that it is here. */
  public static void owner(String text) {
    Owner.of(text.getBytes(UTF_8)).filter(Owner::isOnThisMachine).ifPresent(Owner::isAlive);
  }

  /** A mark of a finished unit. */
  public static void mark(String text) throws IOException {
    DoneMark.of("done.json", text.getBytes(UTF_8));
  }
}
