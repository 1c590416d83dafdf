package engram.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final List<SequencedMap<String, String>> FIVE =
      Grid.parse(List.of("x=1,5,3,4,2")).combinations();

  private final List<String> trials = new ArrayList<>();

  /** The larger x is, the better. */
  private Trial.Score measure(Trial trial) {
    trials.add(trial.toString());
    return new Trial.Score(Double.parseDouble(trial.options().firstEntry().getValue()), 0, 0);
  }

  @Test
  void aGridGivesEveryChoiceAllEpochs() {
    assertEquals("5", new Search(false, 8).best(FIVE, this::measure).trial().options().get("x"));
    assertEquals(
        List.of(
            "x 1  8 epochs", "x 5  8 epochs", "x 3  8 epochs", "x 4  8 epochs", "x 2  8 epochs"),
        trials);
  }

  /** Five, two, one; two, four and eight epochs. */
  @Test
  void halvingKeepsTheBetterHalfAndTrainsItTwiceAsLong() {
    Trial.Done best = new Search(true, 8).best(FIVE, this::measure);
    assertEquals("x 5  8 epochs", best.trial().toString());
    assertEquals(
        List.of(
            "x 1  2 epochs",
            "x 5  2 epochs",
            "x 3  2 epochs",
            "x 4  2 epochs",
            "x 2  2 epochs",
            "x 5  4 epochs",
            "x 4  4 epochs",
            "x 5  8 epochs"),
        trials);
  }

  @Test
  void noRoundHasLessThanOneEpoch() {
    assertEquals(List.of(1, 1, 2), Search.rounds(4, 2));
    assertEquals(List.of(3), Search.rounds(1, 3));
  }

  @Test
  void epochsCanBeVariedThemselves() {
    List<SequencedMap<String, String>> epochs = Grid.parse(List.of("epochs=1,7")).combinations();
    assertEquals(7, new Search(false, 3).best(epochs, this::measure).trial().epochs());
  }
}
