package engram.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCacheTest {
  private static final Path TEMPORARY = Path.of("/temporary");

  /** The folder in an environment of names, each followed by its value. */
  private static String folder(String system, String userHome, String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return UserCache.folder(system, variables, userHome, TEMPORARY).toString();
  }

  @Test
  void followsTheCustomsOfTheSystem() {
    assertEquals("/home/u/.cache/engram", folder("Linux", "/home/u"));
    assertEquals("/home/u/Library/Caches/engram", folder("Mac OS X", "/home/u"));
    assertEquals(
        "/home/u/local/engram", folder("Windows 11", "/home/u", "LOCALAPPDATA", "/home/u/local"));
    assertEquals("/home/u/.cache/engram", folder("Windows 11", "/home/u"));
  }

  @Test
  void xdgGoesFirstButForARelativeOne() {
    assertEquals("/big/engram", folder("Linux", "/home/u", "XDG_CACHE_HOME", "/big"));
    assertEquals("/big/engram", folder("Mac OS X", "/home/u", "XDG_CACHE_HOME", "/big"));
    assertEquals(
        "/big/engram",
        folder("Windows 11", "/home/u", "XDG_CACHE_HOME", "/big", "LOCALAPPDATA", "/local"));
    assertEquals("/home/u/.cache/engram", folder("Linux", "/home/u", "XDG_CACHE_HOME", "relative"));
    assertEquals("/home/u/.cache/engram", folder("Linux", "/home/u", "XDG_CACHE_HOME", ""));
  }

  @Test
  void environmentKnowsTheHomeOfAUserWhomPasswdDoesNotKnow() {
    assertEquals("/home/u/.cache/engram", folder("Linux", "?", "HOME", "/home/u"));
    assertEquals("/home/u/.cache/engram", folder("Linux", "/root", "HOME", "/home/u"));
  }

  @Test
  void homeThatIsNoPathIsPassedOver() {
    for (String odd : new String[] {"", "?", "~", "relative", "\0"}) {
      assertEquals("/home/u/.cache/engram", folder("Linux", "/home/u", "HOME", odd));
      assertEquals("/temporary/engram", folder("Linux", odd, "HOME", odd));
      assertEquals("/temporary/engram", folder("Mac OS X", odd));
    }
  }

  @Test
  void thisUserHasAFolder() {
    assertTrue(UserCache.folder().isAbsolute());
    assertEquals("engram", UserCache.folder().getFileName().toString());
  }
}
