package engram.bench.kernel;

import engram.bench.suite.BenchCase;
import engram.bench.suite.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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

/** A kernel that somebody brought on one case. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
  @Param("matmul")
  public String op = "";

  @Param("matmul/0")
  public String id = "";

  /** The class of a Java file, else empty. */
  @Param("")
  public String className = "";

  /** Folder of the classes, or the OpenCL file. */
  @Param("")
  public String place = "";

  @Param("java")
  public String device = "";

  @Param("1")
  public int threads;

  private UserKernel kernel;
  private UserKernel.Call call;
  private BenchCase benchCase;

  /** The job that times a kernel on a case. */
  public static Job job(KernelForm form, BenchCase c, String name, Source source) {
    return new Job(
        name + "." + form.op() + "/" + c.place(),
        c.opCase().toString(),
        c.isLarge(),
        source.device,
        KernelBenchmark.class,
        "run",
        Map.of(
            "op", form.op(),
            "id", c.id(),
            "className", source.className,
            "place", source.place.toString(),
            "device", source.device),
        () -> c.opCase().op().cost(c.opCase().inputs()));
  }

  /**
   * Where a kernel is found.
   *
   * @param className of a Java kernel, else empty
   * @param place folder of its classes, or the OpenCL file
   * @param device {@code java} or the OpenCL device
   */
  public record Source(String className, Path place, String device) {
    /** The kernel that a form asks for. */
    public UserKernel open(KernelForm form) throws IOException {
      return className.isEmpty()
          ? OpenClKernel.of(form, place, device)
          : JavaKernel.of(form, place, className);
    }
  }

  /** Binds the case and checks it. */
  @Setup
  public void bind() throws IOException {
    KernelForm form = KernelForms.of(op);
    benchCase = KernelCases.named(form, id);
    kernel = new Source(className, Path.of(place), device).open(form);
    call = kernel.bind(benchCase);
    KernelCheck.requireTwice(call, benchCase);
  }

  @Benchmark
  public void run() {
    call.run();
  }

  /** Checks again, what is now compiled code. */
  @TearDown
  public void check() {
    KernelCheck.requireTwice(call, benchCase);
    kernel.close();
  }
}
