package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFindingTest {
  private static final String HEADER = "strategy,seed,task,step,symptom,where,what,remedy\n";

  @TempDir private Path temp;

  private Path run(String name, String content) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    Files.writeString(folder.resolve("doctor.csv"), content);
    return folder;
  }

  @Test
  void whatWasFoundOfSeveralSeedsIsOneFindingWithTheNumbersOfTheFirst() throws IOException {
    Path one = run("one", HEADER + "er,1,2,20,frozen-layer,conv1,still.,Look.\n");
    Path two =
        run(
            "two",
            HEADER
                + "er,2,1,5,frozen-layer,conv1,still again.,Look.\n"
                + "er,2,3,,class-lost,class 7,lost.,More.\n");
    assertEquals(
        List.of(
            "er, seeds 1 2, task 2, step 20: frozen-layer, conv1: still. Look.",
            "er, seed 2, task 3, at its end: class-lost, class 7: lost. More."),
        RecordedFinding.in(List.of(one, two)).orElseThrow().stream()
            .map(RecordedFinding::toString)
            .toList());
  }

  @Test
  void noDoctorIsToldFromOneWhoFoundNothing() throws IOException {
    assertEquals(Optional.empty(), RecordedFinding.in(List.of(temp)));
    Path watched = run("watched", HEADER);
    assertEquals(Optional.of(List.of()), RecordedFinding.in(List.of(temp, watched)));
  }
}
