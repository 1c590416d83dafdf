package engram.bench.kernel;

import engram.op.OpCase;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plain form of an op: operands as arrays, then the result, then sizes and attributes.
 *
 * @param op name of the op and of the method, such as {@code leaky_relu}
 * @param family that {@code --op} also takes, such as {@code elementwise}; the op's own name if
 *     none
 * @param definition what is computed, in a line
 * @param inputs names of the operands
 * @param scalars sizes and attributes, such as {@code int n} and {@code float slope}
 * @param values the values of {@code scalars} in a case, Integer or Float
 * @param body a plain loop that computes it, C and Java at once; {@code FOR} is explained at {@link
 *     Template}
 * @param range work-items of the OpenCL kernel in the template, one or two sizes
 */
public record KernelForm(
    String op,
    String family,
    String definition,
    List<String> inputs,
    List<String> scalars,
    Function<OpCase, List<Number>> values,
    Template body,
    String range) {

  /**
   * The loop of the template.
   *
   * @param loops outer loops, such as {@code int i < m}, which are work-items in OpenCL
   * @param inner what is done for each, in lines that are the same in Java and C
   */
  public record Template(List<Loop> loops, String inner) {
    /** {@code for (int index = 0; index < count; index++)}. */
    public record Loop(String index, String count) {}
  }

  /** Parameters of the Java method. */
  public String javaParameters() {
    return Stream.of(
            inputs.stream().map(name -> "float[] " + name),
            Stream.of("float[] y"),
            scalars.stream())
        .flatMap(each -> each)
        .collect(Collectors.joining(", "));
  }

  /** Parameters of the OpenCL kernel. */
  public String openClParameters() {
    return Stream.of(
            inputs.stream().map(name -> "global const float *" + name),
            Stream.of("global float *y"),
            scalars.stream())
        .flatMap(each -> each)
        .collect(Collectors.joining(", "));
  }

  /** The method that a Java file must have. */
  public String javaSignature() {
    return "static void %s(%s)".formatted(op, javaParameters());
  }

  /** The kernel that an OpenCL file must have. */
  public String openClSignature() {
    return "kernel void %s(%s)".formatted(openClName(), openClParameters());
  }

  /** Name of the kernel: that of the op, but of functions that OpenCL C itself has. */
  public String openClName() {
    return Set.of("exp", "log", "sqrt").contains(op) ? "each_" + op : op;
  }

  /** Names of the scalars without their types. */
  List<String> scalarNames() {
    return scalars.stream().map(each -> each.substring(each.indexOf(' ') + 1)).toList();
  }
}
