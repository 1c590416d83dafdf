package engram.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import engram.learn.exercise.Verdict;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Verdict NOT_DONE = new Verdict.NotDone("no device");

  @Test
  void whatCouldNotBeCheckedHasNotPassedWhateverStandsBesideIt() {
    assertEquals(NOT_DONE, NOT_DONE.then(() -> Verdict.passed("right")));
    assertEquals(NOT_DONE, Verdict.passed("right").then(() -> NOT_DONE));
  }

  @Test
  void bothHaveToPass() {
    assertInstanceOf(
        Verdict.Failed.class, Verdict.passed("right").then(() -> Verdict.failed("wrong")));
    assertEquals(
        Verdict.passed("one", "two"), Verdict.passed("one").then(() -> Verdict.passed("two")));
  }
}
