package engram.bench.suite;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.device.Devices;
import engram.nn.train.TrainingStep;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The whole training step of the reference network, Adam, loss read every step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {
  @Param("vector")
  public String device = "";

  @Param("1")
  public int threads;

  @Param("64")
  public int batch;

  private Backend backend;
  private TrainingStep step;

  /** Records and plans the step; its loss on untrained weights must be about ln(classes). */
  @Setup
  public void record() {
    backend = Devices.open(device, threads, System.err::println);
    step = MeasuredStep.reference(batch).training(backend);
    float loss = step();
    if (!(loss > 2 && loss < 6)) {
      throw new IllegalStateException(
          "training step on %s: the first loss is %s, expected about 3.8; speed is not measured"
              .formatted(device, loss));
    }
  }

  /** Forward, backward, update, loss. */
  @Benchmark
  public float step() {
    step.run();
    return step.loss();
  }

  @TearDown
  public void close() {
    backend.close();
  }
}
