package engram.nn.verify;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Cases of losses: their terms and the gradient of the logits. */
final class LossCases {
  private LossCases() {}

  /** Mean cross-entropy of logits and labels. */
  static void crossEntropy(
      VectorCase vectors, Backend backend, boolean fusion, Comparison comparison) {
    OpRun run = new OpRun(backend, fusion);
    Tensor logits = run.input("logits", vectors.shape("logits"), vectors.values("logits"));
    Tensor ce = run.crossEntropy(logits, labels(run, vectors));
    compare(run, vectors, comparison, 1, logits, ce, List.of("loss"), List.of(ce));
  }

  /** {@code alpha CE + (1 - alpha) KD} over a batch, as in the rehearsal + KD strategy. */
  static void rehearsalKd(
      VectorCase vectors, Backend backend, boolean fusion, Comparison comparison) {
    OpRun run = new OpRun(backend, fusion);
    double alpha = vectors.attributes().number("alpha", 0.5);
    double temperature = vectors.attributes().number("temperature", 2);
    Tensor logits = run.input("logits", vectors.shape("logits"), vectors.values("logits"));
    Tensor old = run.input("old_logits", vectors.shape("old_logits"), vectors.values("old_logits"));
    Tensor ce = run.crossEntropy(logits, labels(run, vectors));
    Tensor kd = run.kd(logits, old, temperature);
    Tensor loss = run.add(run.scale(alpha, ce), run.scale((1 - alpha), kd));
    compare(
        run,
        vectors,
        comparison,
        temperature * temperature,
        logits,
        loss,
        List.of("cross_entropy", "kd", "loss"),
        List.of(ce, kd, loss));
  }

  private static Tensor labels(OpRun run, VectorCase vectors) {
    return run.input("labels", shape(vectors.shape("logits").dim(0)), vectors.values("labels"));
  }

  private static void compare(
      OpRun run,
      VectorCase vectors,
      Comparison comparison,
      double factor,
      Tensor logits,
      Tensor loss,
      List<String> roles,
      List<Tensor> values) {
    List<Tensor> wanted = new ArrayList<>(values);
    wanted.addAll(run.gradients(loss, List.of(logits)));
    List<float[]> results = run.run(wanted);
    for (int i = 0; i < roles.size(); i++) {
      String role = roles.get(i);
      float[] result = results.get(i);
      vectors
          .find(role)
          .ifPresent(expected -> comparison.compareLoss(role, factor, expected, result));
    }
    vectors
        .find("dlogits")
        .ifPresent(expected -> comparison.compare("dlogits", expected, results.getLast()));
  }
}
