package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureReportTest {
  private final String encoding = System.getProperty("sun.jnu.encoding");

  @AfterEach
  void giveBackTheLocale() {
    System.setProperty("sun.jnu.encoding", encoding);
  }

  @Test
  void aNameBeyondTheLocaleIsSaidWithTheLocaleToSet() {
    System.setProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
    Exception fromJava =
        new InvalidPathException(
            "Übung", "Malformed input or input contains unmappable characters");
    assertEquals(
        """
        engram: "Übung" has letters that are not of this locale's character set, ANSI_X3.4-1968.
                Set a locale of UTF-8, for example  LC_ALL=C.UTF-8\
        """,
        FailureReport.describe(new IllegalStateException("--out: java.nio.file.Path", fromJava)));
  }

  @Test
  void aNameThatIsNoPathIsSaidAsItIs() {
    String said = FailureReport.describe(new InvalidPathException("a\0b", "Nul character"));
    assertTrue(said.endsWith("is not a path: Nul character"), said);
  }
}
