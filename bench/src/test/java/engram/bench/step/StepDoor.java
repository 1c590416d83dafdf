package engram.bench.step;

/** Lets the fuzzer in to readers of this package. */
public final class StepDoor {
  private StepDoor() {}

  /** What a step is compared with. */
  public static void against(String text) {
    Against against = Against.parse(text);
    if (against.what().equals("seed")) {
      Against.whole("seed", against.value());
    }
  }
}
