package engram.bench.suite;

import engram.backend.Backend;
import engram.device.Devices;
import engram.inspect.CaseRun;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One declared case of one op on one device. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpBenchmark {
  @Param("matmul/0")
  public String id = "";

  @Param("vector")
  public String device = "";

  @Param("1")
  public int threads;

  private OutputCheck check;
  private Backend backend;
  private CaseRun run;

  /** Binds the case and verifies it. */
  @Setup
  public void bind() {
    BenchCase benchCase = BenchCases.named(id);
    check = new OutputCheck(benchCase);
    backend = Devices.open(device, threads, System.err::println);
    run = new CaseRun(benchCase.opCase(), backend);
    check.require(run, device);
  }

  /** Ops that update their operands start each iteration from the same numbers. */
  @Setup(Level.Iteration)
  public void reset() {
    run.reset();
  }

  @Benchmark
  public void op() {
    run.kernel().run();
    backend.finish();
  }

  /** Verifies again, what is now compiled code. */
  @TearDown
  public void verify() {
    check.require(run, device);
    backend.close();
  }
}
