package engram.bench.kernel;

import engram.bench.suite.BenchCase;
import java.nio.file.Path;
import java.util.List;

/** A kernel that somebody brought: a method of a Java file or a kernel of an OpenCL file. */
public sealed interface UserKernel extends AutoCloseable permits JavaKernel, OpenClKernel {
  /** What the form asks for. */
  KernelForm form();

  /** A call with memory of its own for the operands and the result of a case. */
  Call bind(BenchCase benchCase);

  @Override
  void close();

  /** A bound kernel. */
  interface Call extends Runnable {
    /** Sets the operands. */
    void operands(List<float[]> values);

    /** Sets the result to what it holds before a call. */
    void result(float[] before);

    /** Runs once and waits until it is done; allocates nothing but what the kernel does. */
    @Override
    void run();

    /** What the operands hold now. */
    List<float[]> operands();

    /** What the result holds now. */
    float[] result();

    /** What was written where nothing may be written, if anything. */
    default String outside() {
      return "";
    }
  }

  /** Whether a file holds OpenCL C. */
  static boolean isOpenCl(Path file) {
    return file.getFileName().toString().endsWith(".cl");
  }

  /** Name of the file without its ending. */
  static String nameOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.(java|cl)$", "");
  }
}
