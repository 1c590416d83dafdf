package engram.nn.verify;

import engram.backend.Backend;
import java.util.Map;
import java.util.Optional;

/** How the cases of one op are computed and compared. */
@FunctionalInterface
interface CaseKind {
  /** Largest relative error of a single op, and of several steps of an optimiser. */
  double SINGLE = 1e-5;

  /** Largest relative error after steps of training, in which errors grow. */
  double TRAJECTORY = 1e-3;

  /** Names of kinds as vector files have them. */
  Map<String, CaseKind> KINDS =
      Map.ofEntries(
          Map.entry("conv2d", OpCases::conv2d),
          Map.entry("linear", OpCases::linear),
          Map.entry("max_pool2d", OpCases::maxPool2d),
          Map.entry("leaky_relu", OpCases::leakyRelu),
          Map.entry("relu", OpCases::relu),
          Map.entry("softmax", OpCases::softmax),
          Map.entry("log_softmax", OpCases::logSoftmax),
          Map.entry("cross_entropy", LossCases::crossEntropy),
          Map.entry("rehearsal_kd_loss", LossCases::rehearsalKd),
          Map.entry("sgd", OptimiserCases::steps),
          Map.entry("adam", OptimiserCases::steps),
          Map.entry("adamw", OptimiserCases::steps),
          Map.entry("simplecnn_train", TrainingCases::train));

  /** The kind of this name, if it is known. */
  static Optional<CaseKind> named(String op) {
    return Optional.ofNullable(KINDS.get(op));
  }

  /** Largest error at which a case of this name passes. */
  static double tolerance(String op) {
    return op.equals("simplecnn_train") ? TRAJECTORY : SINGLE;
  }

  /**
   * Computes a case and compares the results.
   *
   * @throws NotUnderstoodException if the case asks for something else than this kind can do
   */
  void check(VectorCase vectors, Backend backend, boolean fusion, Comparison comparison);
}
