package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnitListTest {
  private static SweepUnit unit(String hash, String strategy, String... varied) {
    SequencedMap<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < varied.length; i += 2) {
      options.put(varied[i], varied[i + 1]);
    }
    return new SweepUnit(hash, strategy, 3, options, new TreeMap<>());
  }

  @Test
  void eachUnitIsALineWithWhatThereIsToKnow() {
    Map<SweepUnit, UnitState> states = new LinkedHashMap<>();
    states.put(
        unit("0a1b2c3d4e50", "er", "lr", "0.1"), new UnitState.Finished(3, Optional.empty()));
    states.put(
        unit("0a1b2c3d4e5f", "er", "lr", "9"),
        new UnitState.Finished(1, Optional.of("the loss is NaN")));
    states.put(unit("0a1b2c3d4e51", "er"), new UnitState.Running("process 7 on node3"));
    states.put(unit("0a1b2c3d4e52", "er"), new UnitState.Interrupted());
    states.put(unit("0a1b2c3d4e53", "er"), new UnitState.Failed("disk full", 1));
    states.put(unit("0a1b2c3d4e54", "er"), new UnitState.Failed("lr is too large", 3));
    states.put(unit("0a1b2c3d4e55", "er"), new UnitState.Waiting());
    assertEquals(
        """
        unit          state        strategy, seed, setting
        0a1b2c3d4e50  finished     er  seed 3  lr 0.1
        0a1b2c3d4e5f  diverged     er  seed 3  lr 9
                                   the loss is NaN
        0a1b2c3d4e51  running      er  seed 3
                                   by process 7 on node3
        0a1b2c3d4e52  interrupted  er  seed 3
        0a1b2c3d4e53  failed       er  seed 3
                                   disk full
        0a1b2c3d4e54  broken       er  seed 3
                                   lr is too large
        0a1b2c3d4e55  waiting      er  seed 3
        """,
        UnitList.text(states));
    assertEquals(
        "1 finished, 1 diverged, 1 running, 1 interrupted, 1 failed, 1 broken, 1 waiting",
        UnitList.counts(states.values()));
  }

  @Test
  void noLineIsLongerThan80Columns() {
    Map<SweepUnit, UnitState> states = new LinkedHashMap<>();
    states.put(
        unit(
            "0a1b2c3d4e50",
            "lucir_lambda=5_margin=0.5@herding",
            "network",
            "conv 16 5 pad 2, relu, pool 2, conv 32 5 pad 2, relu, pool 2, flatten",
            "lr",
            "0.0123"),
        new UnitState.Failed("x".repeat(200) + " and words", 3));
    List<String> lines = UnitList.text(states).lines().toList();
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
    assertTrue(String.join("", lines).contains("and words"));
  }
}
