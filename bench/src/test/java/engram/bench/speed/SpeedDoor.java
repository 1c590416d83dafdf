package engram.bench.speed;

/** Lets the fuzzer in to readers of this package. */
public final class SpeedDoor {
  private SpeedDoor() {}

  /** A line of another engine's program. */
  public static void result(String text) {
    PeerResult.parse("1 thread", text);
  }
}
