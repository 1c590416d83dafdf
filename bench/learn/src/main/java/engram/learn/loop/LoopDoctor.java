package engram.learn.loop;

import engram.backend.Buffer;
import engram.learn.exercise.Verdict;
import engram.nn.Network;
import engram.nn.doctor.Doctor;
import engram.nn.doctor.WatchedStep;
import java.util.ArrayList;
import java.util.List;

/** The doctor that watches a learner's loop, and what it said. */
final class LoopDoctor {
  /** Findings that are shown: what comes later mostly follows from them. */
  private static final int SHOWN = 2;

  private final Doctor doctor;
  private final List<String> findings = new ArrayList<>();
  private int steps;

  /**
   * @param network whose parameters the loop changes
   * @param gradients that an update takes
   */
  LoopDoctor(Network network, Buffer gradients) {
    doctor =
        new Doctor(
            network, gradients, found -> findings.add("step %d: %s".formatted(steps, found)));
  }

  void run(WatchedStep step) {
    steps++;
    doctor.run(step);
  }

  /** The verdict with what the doctor saw first. */
  Verdict.Failed under(Verdict.Failed failed) {
    Verdict.Failed told = failed;
    for (String line : lines()) {
      told = told.and(line);
    }
    return told;
  }

  /** What it saw first, a line each; one line that says so where it saw nothing. */
  List<String> lines() {
    return findings.isEmpty()
        ? List.of("the doctor watched %,d steps and has nothing to say".formatted(steps))
        : findings.stream().limit(SHOWN).map(line -> "the doctor, " + line).toList();
  }
}
