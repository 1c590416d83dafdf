package engram.bench.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Tries choices of values: all for the full number of epochs, or by successive halving (Jamieson &
 * Talwalkar 2016), where all are trained briefly, the better half twice as long, and so on until
 * one is left that has had all epochs.
 */
final class Search {
  private final boolean halving;
  private final int epochs;

  /**
   * @param epochs of the longest trial
   */
  Search(boolean halving, int epochs) {
    this.halving = halving;
    this.epochs = epochs;
  }

  /** Epochs of each round: the last has all, each before it half of the next, at least one. */
  static List<Integer> rounds(int choices, int epochs) {
    List<Integer> rounds = new ArrayList<>(List.of(epochs));
    for (int left = 2; left <= choices; left *= 2) {
      rounds.addFirst(Math.max(1, rounds.getFirst() / 2));
    }
    return rounds;
  }

  private static int epochs(SequencedMap<String, String> options, int round) {
    String own = options.get("epochs");
    return own == null ? round : Integer.parseInt(own);
  }

  /**
   * Runs trials and returns the best of the last round.
   *
   * @param choices at least one
   */
  Trial.Done best(
      List<SequencedMap<String, String>> choices, Function<Trial, Trial.Score> measure) {
    List<SequencedMap<String, String>> left = choices;
    List<Trial.Done> done = List.of();
    for (int round : halving ? rounds(choices.size(), epochs) : List.of(epochs)) {
      done =
          left.stream()
              .map(options -> new Trial(options, epochs(options, round)))
              .map(trial -> new Trial.Done(trial, measure.apply(trial)))
              .sorted(Comparator.comparingDouble(trial -> -trial.score().accuracy()))
              .toList();
      left =
          done.subList(0, Math.max(1, done.size() / 2)).stream()
              .map(trial -> trial.trial().options())
              .toList();
    }
    return done.getFirst();
  }
}
