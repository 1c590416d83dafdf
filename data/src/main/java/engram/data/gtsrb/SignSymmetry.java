package engram.data.gtsrb;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a traffic sign still shows when its picture is mirrored or turned: <i>no entry</i> stays
 * what it is, <i>keep right</i> becomes <i>keep left</i>.
 *
 * @param mirrored name of the class that a picture shows when left and right change places, such as
 *     the class itself; empty where there is none
 * @param turns number of directions, evenly around the circle, in which it shows the same class; 1
 *     if upright alone
 */
public record SignSymmetry(Optional<String> mirrored, int turns) {
  private static final Map<String, SignSymmetry> BY_NAME = new HashMap<>();

  static {
    itself("Priority at next junction", 1);
    itself("Priority road", 4);
    itself("Give way", 1);
    itself("No vehicles", 4);
    itself("No entry", 2);
    itself("Danger", 1);
    itself("Uneven road", 1);
    itself("Traffic signals", 1);
    itself("Snow or ice", 1);
    itself("Ahead only", 1);
    pair("Bend left", "Bend right");
    pair("Turn right ahead", "Turn left ahead");
    pair("Ahead or right", "Ahead or left");
    pair("Keep right", "Keep left");
    // Mirrored, one has its stripe on the other diagonal, the other its arrows the wrong way round.
    BY_NAME.put("End of all limits", new SignSymmetry(Optional.empty(), 2));
    BY_NAME.put("Roundabout", new SignSymmetry(Optional.empty(), 3));
  }

  private static void itself(String name, int turns) {
    BY_NAME.put(name, new SignSymmetry(Optional.of(name), turns));
  }

  private static void pair(String one, String other) {
    BY_NAME.put(one, new SignSymmetry(Optional.of(other), 1));
    BY_NAME.put(other, new SignSymmetry(Optional.of(one), 1));
  }

  /** That of a class of {@link GtsrbClasses#NAMES}; empty for one that has none. */
  public static Optional<SignSymmetry> of(String className) {
    return Optional.ofNullable(BY_NAME.get(className));
  }
}
