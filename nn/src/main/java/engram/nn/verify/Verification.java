package engram.nn.verify;

import engram.backend.Backend;
import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares a backend with another library: runs every case of a vector file, a safetensors file
 * whose metadata {@code case.NAME} says {@code op=...;attribute=value} and whose tensors {@code
 * NAME/ROLE} hold inputs and expected results in PyTorch's layouts.
 *
 * <p>Every case runs twice, as it is recorded and with ops fused.
 */
public final class Verification {
  private static final String CASE = "case.";

  /** Largest relative error of a single op, and of several steps of an optimiser. */
  private static final double SINGLE = 1e-5;

  /** Largest relative error after steps of training, in which errors grow. */
  static final double TRAJECTORY = 1e-3;

  private Verification() {}

  /** Hears how far a verification is: on the reference backend a case can take minutes. */
  public interface Listener {
    /**
     * A case begins.
     *
     * @param number of the case, from 1
     * @param cases how many there are
     */
    default void begins(String name, int number, int cases) {}

    /** What became of it, or of a tensor that belongs to no case. */
    default void ends(Outcome outcome) {}
  }

  /** The same for somebody who waits for the end. */
  public static List<Outcome> run(Path file, Backend backend) throws IOException {
    return run(file, backend, new Listener() {});
  }

  /**
   * Runs all cases of a file.
   *
   * @return an outcome for each case, in the order of the file; tensors that belong to no case are
   *     an outcome too
   * @throws IOException if the file cannot be read, is damaged, or holds no case
   */
  public static List<Outcome> run(Path file, Backend backend, Listener listener)
      throws IOException {
    SafeTensors vectors = SafeTensors.read(file);
    List<String> cases =
        vectors.metadata().keySet().stream().filter(key -> key.startsWith(CASE)).toList();
    if (cases.isEmpty()) {
      throw new IOException(
          file + ": no metadata case.NAME; this is a safetensors file but not a vector file");
    }
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> strays = new LinkedHashSet<>(vectors.tensors().keySet());
    for (String key : cases) {
      String name = key.substring(CASE.length());
      Map<String, SafeTensors.Entry> roles = VectorCase.below(vectors.tensors(), name);
      roles.keySet().forEach(role -> strays.remove(name + "/" + role));
      listener.begins(name, outcomes.size() + 1, cases.size());
      String attributes = Objects.requireNonNull(vectors.metadata().get(key));
      outcomes.add(outcome(name, attributes, roles, backend));
      listener.ends(outcomes.getLast());
    }
    for (String stray : strays) {
      outcomes.add(Outcome.notUnderstood(stray, "the tensor belongs to no case"));
      listener.ends(outcomes.getLast());
    }
    return outcomes;
  }

  private static Outcome outcome(
      String name, String attributes, Map<String, SafeTensors.Entry> roles, Backend backend) {
    try {
      VectorCase vectors = new VectorCase(attributes, roles);
      String op = vectors.attributes().text("op", "");
      Comparison comparison = new Comparison();
      check(op, vectors, backend, false, comparison);
      check(op, vectors, backend, true, comparison);
      vectors.requireAllUsed();
      if (comparison.worst() < 0) {
        return Outcome.notUnderstood(name, "it has no expected result");
      }
      double tolerance = isTraining(op) ? TRAJECTORY : SINGLE;
      return Outcome.compared(name, comparison.worst(), tolerance, comparison.worstRole());
    } catch (IllegalArgumentException e) {
      return Outcome.notUnderstood(name, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isTraining(String op) {
    return op.equals(TrainingCases.WRITTEN) || op.equals(TrainingCases.REFERENCE);
  }

  /**
   * Computes a case and compares the results.
   *
   * @throws IllegalArgumentException if it asks for something that cannot be done here
   */
  private static void check(
      String op, VectorCase vectors, Backend backend, boolean fusion, Comparison comparison) {
    switch (op) {
      case "sgd", "adam", "adamw" -> OptimiserCases.steps(vectors, backend, comparison);
      case TrainingCases.WRITTEN, TrainingCases.REFERENCE ->
          TrainingCases.train(vectors, backend, fusion, comparison);
      default -> new OpCases(vectors, comparison).check(op, backend, fusion);
    }
  }
}
