package engram.cl.catalog;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategySpecTest {
  private static final SequencedMap<String, String> NONE_SET = new LinkedHashMap<>();

  @Test
  void hyperParametersStandBehindTheName() {
    String text = "der++_beta=1_alpha=2e-1@ring+nme";
    StrategySpec spec = StrategySpec.parse(text);
    assertEquals("der++", spec.name());
    assertEquals(List.of("beta", "alpha"), List.copyOf(spec.hyperParameters().keySet()));
    assertEquals(text, spec.toString());
    assertEquals(
        "alpha=0.2 beta=1",
        HyperParameters.of("alpha=0.1 beta=0.5").with(spec.hyperParameters()).toString());
    assertDoesNotThrow(() -> require(text));
  }

  @Test
  void hyperParametersNotSetAreTheCatalogues() {
    assertEquals(
        "alpha=0.1 beta=1",
        HyperParameters.of("alpha=0.1 beta=0.5")
            .with(StrategySpec.parse("der++_beta=1").hyperParameters())
            .toString());
  }

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
    StrategySpec spec = StrategySpec.parse(text);
    assertEquals(
        new StrategySpec(name, NONE_SET, Optional.ofNullable(memory), Optional.ofNullable(head)),
        spec);
    assertEquals(text, spec.toString());
    assertDoesNotThrow(() -> require(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "er@fifo|strategy \"er@fifo\": there is no memory \"fifo\"; choose from balanced,"
            + " reservoir, ring, herding, random, first, random-tasks",
        "er+svm|strategy \"er+svm\": there is no head \"svm\"; choose from nme, ncm, lda",
        "lwf@ring|strategy \"lwf@ring\": lwf has no memory; leave out @ring",
        "gdumb@herding|strategy \"gdumb@herding\": gdumb cannot use memory herding; choose from"
            + " balanced, reservoir, ring, random, first, random-tasks",
        "wa_alpha=1|strategy \"wa_alpha=1\": it has no hyper-parameters; leave out _alpha=1",
        "er_weights=sums|strategy \"er_weights=sums\": there is no weights \"sums\", perhaps sum;"
            + " choose from joined, sum, tasks",
        "si_clip=2|strategy \"si_clip=2\": there is no clip \"2\", perhaps 1; choose from 1, 0",
        "online-ewc_fisher=predict|strategy \"online-ewc_fisher=predict\": there is no fisher"
            + " \"predict\", perhaps predicted; choose from true, predicted, all",
        "icarl_temperature=0|strategy \"icarl_temperature=0\": temperature is 0.0, expected a"
            + " number above 0",
        "gdumb_mix=2|strategy \"gdumb_mix=2\": mix is 2.0, expected 0 to 1",
        "mas_batch=0|strategy \"mas_batch=0\": batch is 0, expected 1 or more",
        "der_beta=1|strategy \"der_beta=1\": there is no hyper-parameter \"beta\"; choose from"
            + " alpha",
        "der_alpha=much|strategy \"der_alpha=much\": alpha is \"much\", expected a number of 0 or"
            + " more",
        "der_alpha=-1|strategy \"der_alpha=-1\": alpha is \"-1\", expected a number of 0 or more",
        "der_alpha=NaN|strategy \"der_alpha=NaN\": alpha is \"NaN\", expected a number of 0 or"
            + " more",
        "der_alpha=1e99|strategy \"der_alpha=1e99\": alpha is \"1e99\", expected a number of 0 or"
            + " more",
        "der_alpha=1_alpha=2|strategy \"der_alpha=1_alpha=2\": alpha is given twice",
        "eeil_passes=1.5|strategy \"eeil_passes=1.5\": passes is 1.5, expected a whole number",
        "cls-er_stable=2|strategy \"cls-er_stable=2\": a moving average keeps a share of 2.0,"
            + " expected 0 to 1",
        "si+nme|strategy \"si+nme\": si keeps no images whose mean could be taken; use +ncm, the"
            + " mean of a class when it was learnt"
      })
  void whatDoesNotFitIsAnErrorThatSaysWhatDoes(String text, String message) {
    var error = assertThrows(IllegalArgumentException.class, () -> require(text));
    assertEquals(message, error.getMessage());
  }

  private static void require(String strategy) {
    Strategies.BUILT_IN.create(strategy, Settings.of(Map.of(), false), 1, 12, 43);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+nme",
        "@ring",
        "er ",
        "ER",
        "er@ring@ring",
        "++",
        "der_",
        "der_alpha",
        "der_alpha=",
        "_alpha=1"
      })
  void otherNamesAreUnknown(String text) {
    assertThrows(IllegalArgumentException.class, () -> require(text));
  }

  @Test
  void everyEntryCanBeMadeWithEachOfItsMemories() {
    Settings settings = Settings.of(Map.of(), false);
    for (StrategyCatalog.Entry entry : StrategyCatalog.ENTRIES) {
      assertEquals(
          !entry.memories().isEmpty(),
          Strategies.BUILT_IN.create(entry.name(), settings, 1, 12, 43).memory().isPresent(),
          entry.name());
      for (String memory : entry.memories()) {
        String spec = entry.name() + "@" + memory;
        assertTrue(
            Strategies.BUILT_IN.create(spec, settings, 1, 12, 43).memory().isPresent(), spec);
      }
    }
  }

  @Test
  void strategiesThatOnlyHoldParametersSayWhyOldClassesAreLost() {
    assertTrue(Strategies.BUILT_IN.caution("online-ewc").orElseThrow().contains("new classes win"));
    assertEquals(Optional.empty(), Strategies.BUILT_IN.caution("online-ewc+ncm"));
    assertEquals(Optional.empty(), Strategies.BUILT_IN.caution("er"));
    assertEquals(
        List.of("lwf", "wa", "online-ewc", "si", "mas", "a-gem"),
        Strategies.NAMES.stream().filter(n -> Strategies.BUILT_IN.caution(n).isPresent()).toList());
  }
}
