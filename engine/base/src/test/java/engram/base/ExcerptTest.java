package engram.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void aShortTextIsAllThere() {
    assertEquals("bn-deep", Excerpt.of("bn-deep"));
    assertEquals("[1, 2]", Excerpt.of(java.util.List.of(1, 2)));
  }

  @Test
  void aLongTextIsCutAndSeveralLinesAreOne() {
    assertEquals("x".repeat(57) + "...", Excerpt.of("x".repeat(4_000_000)));
    assertEquals("a b  c", Excerpt.of("a\nb\r\u0007c"));
  }
}
