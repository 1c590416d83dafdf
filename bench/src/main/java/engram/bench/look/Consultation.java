package engram.bench.look;

import engram.backend.Backend;
import engram.bench.console.Lines;
import engram.bench.measure.MeasuredStep;
import engram.nn.doctor.Doctor;
import engram.nn.doctor.Examination;
import engram.nn.doctor.Finding;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code engram explain --doctor}: learns one batch by heart, a doctor watching. */
final class Consultation {
  private static final int STEPS = 200;

  private final MeasuredStep measured;
  private final Backend backend;
  private final List<Finding> findings = new ArrayList<>();

  Consultation(MeasuredStep measured, Backend backend) {
    this.measured = measured;
    this.backend = backend;
  }

  /** Whether nothing is wrong. */
  boolean carryOut(PrintWriter out) {
    Trainer trainer = measured.trainer(backend, 1);
    TrainingStep step = measured.filled(trainer);
    Doctor doctor = new Doctor(trainer, findings::add);
    float first = 0;
    for (int i = 0; i < STEPS; i++) {
      doctor.run(step);
      first = i == 0 ? step.loss() : first;
    }
    String title =
        String.format(
            Locale.ROOT,
            "%d steps on one batch of %d, %s, on %s: loss %.3g at first, %.3g at" + " last",
            STEPS,
            measured.batch(),
            measured.update().name(),
            backend.description(),
            first,
            step.loss());
    out.print(Lines.wrapped(title, 2));
    doctor.last().ifPresent(seen -> print(out, seen));
    out.println();
    findings.forEach(finding -> out.print(Lines.wrapped(finding.toString(), 2)));
    if (findings.isEmpty()) {
      out.println("nothing is wrong as far as the doctor can see");
    }
    return findings.isEmpty();
  }

  private static void print(PrintWriter out, Examination seen) {
    if (!seen.parameters().isEmpty()) {
      out.printf("%-24s %10s %10s %14s%n", "parameter", "norm", "gradient", "update / norm");
      seen.parameters()
          .forEach(
              parameter ->
                  out.printf(
                      Locale.ROOT,
                      "%-24s %10.3g %10.3g %14.2g%n",
                      Lines.shortened(parameter.name(), 24),
                      parameter.after(),
                      parameter.gradient(),
                      parameter.ratio()));
    }
    if (!seen.activations().isEmpty()) {
      out.printf("%-24s %10s %10s %14s%n", "what layers give", "units", "always 0", "constant");
      seen.activations()
          .forEach(
              made ->
                  out.printf(
                      "%-24s %10d %10d %14d%n",
                      Lines.shortened(made.layer(), 24),
                      made.units(),
                      made.zero(),
                      made.constant()));
    }
  }
}
