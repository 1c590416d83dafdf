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
    assertEquals("a\\nb\\r\\u0007c", Excerpt.of("a\nb\r\u0007c"));
    assertEquals("\\u001b".repeat(9) + "\\u0...", Excerpt.of("\u001b".repeat(60)));
  }

  @Test
  void whatNoScreenShowsIsWritten() {
    assertEquals("Straße \ud83d\ude00", Excerpt.visible("Straße \ud83d\ude00"));
    assertEquals("\\u001b[31mred\\u009b", Excerpt.visible("\u001b[31mred\u009b"));
    assertEquals("\\udb40\\udc01", Excerpt.visible("\udb40\udc01"));
    assertEquals("a".repeat(56) + "...", Excerpt.of("a".repeat(56) + "\ud83d\ude00".repeat(9)));
    assertEquals("\\u202etxt\\u2028\\ud83d", Excerpt.visible("\u202etxt\u2028\ud83d"));
  }
}
