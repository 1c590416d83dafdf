package engram.bench.speed;

import engram.backend.Backend;
import engram.bench.console.Lines;
import engram.bench.measure.Limits;
import engram.bench.measure.Machine;
import engram.bench.measure.MeasuredStep;
import engram.bench.measure.StepClock;
import engram.bench.subject.Subject;
import engram.nn.train.Inference;
import engram.nn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * The quick figure: a network's step, timed in this process. The input buffers are filled once; the
 * loss (or the logits) is read after every step.
 */
final class StepSpeed {
  /** Seconds between two looks at the peak, so that both see the same clock speeds. */
  private static final double SLICE = 1;

  private final PrintWriter out;
  private final double seconds;
  private final Subject subject;

  StepSpeed(PrintWriter out, double seconds, Subject subject) {
    this.out = out;
    this.seconds = seconds;
    this.subject = subject;
  }

  /** Times training; the last line is {@code images/s NUMBER}. */
  void training(Backend backend, int threads, int batch) {
    MeasuredStep setup = step(batch);
    TrainingStep step = setup.training(backend);
    float[] loss = new float[1];
    header("training step, Adam, loss read every step", backend, setup);
    Runnable once =
        () -> {
          step.run();
          loss[0] = step.loss();
        };
    report(once, Limits.of(backend, threads), setup.batch(), setup.denseTrainingFlops());
  }

  /** Times the forward pass; the last line is {@code images/s NUMBER}. */
  void inference(Backend backend, int threads, int batch) {
    MeasuredStep setup = step(batch);
    Inference.Batch pass = setup.inference(backend);
    float[] logits = new float[pass.logits().elements()];
    header("inference, logits read every step", backend, setup);
    Runnable once =
        () -> {
          pass.run();
          pass.logits().read(0, logits, 0, logits.length);
        };
    report(once, Limits.of(backend, threads), setup.batch(), setup.denseForwardFlops());
  }

  private MeasuredStep step(int batch) {
    return new MeasuredStep(subject.layers(), subject.images(), batch, false, true);
  }

  private void header(String what, Backend backend, MeasuredStep setup) {
    String head =
        """
        %s: %s
        %s
        device    %s, batch %d
        """
            .formatted(what, subject, Machine.here(), backend.description(), setup.batch());
    out.print(Lines.wrapped(head, 10));
    out.flush();
  }

  private void report(Runnable once, Optional<Limits> meter, int batch, long flops) {
    StepClock clock = new StepClock();
    double peak = 0;
    for (double left = seconds; left > 0; left -= SLICE) {
      clock.run(once, Math.min(SLICE, left));
      peak = meter.map(Limits::gigaflops).orElse(0.0);
    }
    StepClock.Times times = clock.secondHalf();
    String counted =
        String.format(
            Locale.ROOT,
            "step      median %.3f ms, fastest %.3f, nine in ten below %.3f; %d steps counted",
            1e3 * times.median(),
            1e3 * times.fastest(),
            1e3 * times.slow(),
            times.steps());
    out.print(Lines.wrapped(counted, 10));
    double rate = batch / times.median();
    out.print(Lines.wrapped(limit(peak, meter.map(Limits::of).orElse(""), rate, flops), 10));
    meter.ifPresent(Limits::close);
    out.printf(Locale.ROOT, "images/s %.1f%n", rate);
    out.flush();
  }

  /** The peak, the images a second that it allows, and the share of them that was reached. */
  static String limit(double peak, String of, double imagesPerSecond, long flopsPerImage) {
    if (peak <= 0) {
      return "FMA peak not measured: the Vector API is off";
    }
    double most = 1e9 * peak / flopsPerImage;
    return String.format(
        Locale.ROOT,
        "FMA peak %.1f GFLOP/s on %s: dense limit %.0f images/s at %.1f MFLOP an image,"
            + " %.1f %% reached",
        peak,
        of,
        most,
        flopsPerImage / 1e6,
        100 * imagesPerSecond / most);
  }
}
