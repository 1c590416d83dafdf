package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {

  @ParameterizedTest
  @CsvSource({
    "er, er, , ",
    "der++, der++, , ",
    "der+++nme, der++, , nme",
    "er@ring, er, ring, ",
    "der++@herding+ncm, der++, herding, ncm",
    "fine-tune+ncm, fine-tune, , ncm"
  })
  void nameMemoryAndHead(String text, String name, String memory, String head) {
    Variant variant = Variant.parse(text);
    assertEquals(
        new Variant(name, Optional.ofNullable(memory), Optional.ofNullable(head)), variant);
    assertEquals(text, variant.toString());
    assertDoesNotThrow(() -> require(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "er@fifo|strategy \"er@fifo\": there is no memory \"fifo\"; choose from balanced,"
            + " reservoir, ring, herding",
        "er+svm|strategy \"er+svm\": there is no head \"svm\"; choose from nme, ncm, lda",
        "lwf@ring|strategy \"lwf@ring\": lwf has no memory; leave out @ring",
        "gdumb@herding|strategy \"gdumb@herding\": gdumb cannot use memory herding; choose from"
            + " balanced, reservoir, ring",
        "si+nme|strategy \"si+nme\": si keeps no images whose mean could be taken; use +ncm, the"
            + " mean of a class when it was learnt"
      })
  void whatDoesNotFitIsAnErrorThatSaysWhatDoes(String text, String message) {
    var error = assertThrows(IllegalArgumentException.class, () -> require(text));
    assertEquals(message, error.getMessage());
  }

  private static void require(String strategy) {
    Strategies.create(strategy, Settings.of(Preset.DEFAULT, false), 1, 12, 43);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+nme", "@ring", "er ", "ER", "er@ring@ring", "++"})
  void otherNamesAreUnknown(String text) {
    assertThrows(IllegalArgumentException.class, () -> require(text));
  }

  @Test
  void everyEntryCanBeMadeWithEachOfItsMemories() {
    Settings settings = Settings.of(Preset.DEFAULT, false);
    for (StrategyCatalog.Entry entry : StrategyCatalog.ENTRIES) {
      assertEquals(
          !entry.memories().isEmpty(),
          Strategies.create(entry.name(), settings, 1, 12, 43).memory().isPresent(),
          entry.name());
      for (String memory : entry.memories()) {
        String variant = entry.name() + "@" + memory;
        assertTrue(Strategies.create(variant, settings, 1, 12, 43).memory().isPresent(), variant);
      }
    }
  }

  @Test
  void strategiesThatOnlyHoldParametersSayWhyOldClassesAreLost() {
    assertTrue(Strategies.caution("online-ewc").orElseThrow().contains("about 0"));
    assertEquals(Optional.empty(), Strategies.caution("online-ewc+ncm"));
    assertEquals(Optional.empty(), Strategies.caution("er"));
    assertEquals(
        List.of("lwf", "wa", "online-ewc", "si", "mas", "a-gem"),
        Strategies.NAMES.stream().filter(n -> Strategies.caution(n).isPresent()).toList());
  }
}
