package engram.data.gtsrb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignSymmetryTest {
  @Test
  void namesAreThoseOfClassesAndMirroringTwiceGivesTheClassAgain() {
    int known = 0;
    for (String name : GtsrbClasses.NAMES) {
      Optional<SignSymmetry> symmetry = SignSymmetry.of(name);
      known += symmetry.isPresent() ? 1 : 0;
      symmetry
          .flatMap(SignSymmetry::mirrored)
          .ifPresent(
              other -> {
                assertTrue(GtsrbClasses.NAMES.contains(other), other);
                assertEquals(Optional.of(name), SignSymmetry.of(other).orElseThrow().mirrored());
              });
    }
    assertEquals(20, known, "every class of the table is one of the 43");
  }

  @Test
  void keepRightBecomesKeepLeftAndASpeedLimitNothing() {
    assertEquals(
        Optional.of(new SignSymmetry(Optional.of("Keep left"), 1)), SignSymmetry.of("Keep right"));
    assertEquals(Optional.empty(), SignSymmetry.of("Speed limit 30"));
  }
}
