package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardTest {
  @Test
  void shardsHaveAllUnitsEachOnce() {
    for (int units = 0; units <= 30; units++) {
      List<Integer> all = IntStream.range(0, units).boxed().toList();
      for (int count = 1; count <= 35; count++) {
        List<Integer> together = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
          together.addAll(new Shard(number, count).of(all));
        }
        assertEquals(all, together.stream().sorted().toList());
      }
    }
  }

  @Test
  void aShardHasNoMoreThanOneUnitMoreThanAnother() {
    List<Integer> all = IntStream.range(0, 24).boxed().toList();
    assertEquals(List.of(2, 7, 12, 17, 22), new Shard(3, 5).of(all));
    assertEquals(List.of(4, 9, 14, 19), new Shard(5, 5).of(all));
  }

  @Test
  void itIsWrittenAsKOfN() {
    assertEquals(new Shard(3, 20), Shard.parse("3/20"));
    for (String text : List.of("3", "0/4", "5/4", "1/0", "a/b", "1/2/3")) {
      assertThrows(IllegalArgumentException.class, () -> Shard.parse(text), text);
    }
  }

  private static Shard of(String... variables) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return Shard.of(environment, Optional.empty());
  }

  @Test
  void slurmTellsIt() {
    assertEquals(new Shard(3, 20), of("SLURM_ARRAY_TASK_ID", "3", "SLURM_ARRAY_TASK_COUNT", "20"));
    assertEquals(
        new Shard(3, 4),
        of(
            "SLURM_ARRAY_TASK_ID", "14",
            "SLURM_ARRAY_TASK_COUNT", "4",
            "SLURM_ARRAY_TASK_MIN", "10",
            "SLURM_ARRAY_TASK_MAX", "16",
            "SLURM_ARRAY_TASK_STEP", "2"));
  }

  @Test
  void anArrayWithGapsDoesNot() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                of(
                    "SLURM_ARRAY_TASK_ID", "7",
                    "SLURM_ARRAY_TASK_COUNT", "2",
                    "SLURM_ARRAY_TASK_MIN", "3",
                    "SLURM_ARRAY_TASK_MAX", "7"));
    assertEquals(
        "the array has 2 tasks from 3 to 7: with gaps, give --shards N", error.getMessage());
    assertEquals(new Shard(7, 20), Shard.of(Map.of("SLURM_ARRAY_TASK_ID", "7"), Optional.of(20)));
  }

  @Test
  void kubernetesTellsTheIndexButNotTheCount() {
    assertEquals(new Shard(1, 5), Shard.of(Map.of("JOB_COMPLETION_INDEX", "0"), Optional.of(5)));
    var error = assertThrows(IllegalArgumentException.class, () -> of("JOB_COMPLETION_INDEX", "0"));
    assertEquals(
        "JOB_COMPLETION_INDEX says which shard this is, but not of how many: give --shards N",
        error.getMessage());
  }

  @Test
  void anEmptyVariableIsNone() {
    assertEquals(Shard.ALL, of());
    assertEquals(Shard.ALL, of("SLURM_ARRAY_TASK_ID", "", "JOB_COMPLETION_INDEX", " "));
  }
}
