package engram.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.bench.suite.BenchCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel is timed only if it computes its op, all of it and nothing else. */
class KernelCheckTest {
  @SuppressWarnings("unused") // by FieldSource
  private static final List<KernelForm> FORMS = KernelForms.ALL;

  @TempDir private Path folder;

  private static List<BenchCase> declared(KernelForm form) {
    return KernelCases.of(form).stream().filter(c -> !c.isLarge()).toList();
  }

  private void check(KernelForm form, Path file) throws IOException {
    if (UserKernel.isOpenCl(file)) {
      try (UserKernel kernel = OpenClKernel.of(form, file, "opencl")) {
        KernelCheck.require(kernel, declared(form));
      }
    } else {
      String name = JavaKernel.compile(file, folder);
      KernelCheck.require(JavaKernel.of(form, folder, name), declared(form));
    }
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String refusal(KernelForm form, Path file) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> check(form, file)).getMessage());
  }

  private static void assumeOpenCl() {
    try {
      assumeTrue(OpenClDevices.list().stream().anyMatch(each -> each.missing().isEmpty()));
    } catch (OpenClException e) {
      assumeTrue(false, "no OpenCL device");
    }
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void whatIsWrittenToBeginWithIsRightOnEveryDeclaredCase(KernelForm form) throws IOException {
    Path file = folder.resolve("Mine.java");
    check(form, written("Mine.java", KernelTemplate.of(form, file)));
  }

  /** Of each kind one: a driver takes a second for each. */
  @ParameterizedTest
  @ValueSource(strings = {"matmul", "conv2d", "exp", "sum"})
  void soIsTheOneInOpenClC(String op) throws IOException {
    assumeOpenCl();
    KernelForm form = KernelForms.of(op);
    Path file = folder.resolve("mine.cl");
    check(form, written("mine.cl", KernelTemplate.of(form, file)));
  }

  @Test
  void aTurnedOperandOfAProductLiesStraight() {
    KernelForm form = KernelForms.of("matmul");
    assertTrue(declared(form).size() >= 6);
    for (BenchCase c : KernelCases.of(form)) {
      assertEquals("MatMul[transposeA=false, transposeB=false]", c.opCase().op().toString());
      c.opCase().op().outputs(c.opCase().inputs());
    }
    KernelCases.timed(form).forEach(c -> assertTrue(c.isLarge(), c::id));
  }

  /** Each is the relu of y[i] with one thing wrong in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for (int i = 0; i < n - 1; i++) y[i] = x[i] < 0 ? 0 : x[i];                 | relu/0 is wrong, so it is not timed: y[0] was not written
          for (int i = 0; i < n; i++) y[i] += x[i] < 0 ? 0 : x[i];                    | relu/0 is wrong, so it is not timed: y[0] was not written, or began with
          for (int i = 0; i <= n; i++) y[i] = x[i] < 0 ? 0 : x[i];                    | relu/0 is wrong, so it is not timed: it threw ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1 at Mine.java, line 3
          for (int i = 0; i < n; i++) y[i] = i == 7 && !Float.isNaN(y[i]) ? y[i] : x[i] < 0 ? 0 : x[i]; | it is stale, the value of the call before
          for (int i = 0; i < n; i++) { y[i] = x[i] < 0 ? 0 : x[i]; x[i] = 5; }       | relu/0 is wrong, so it is not timed: it changed operand 1 at element 0
          for (int i = 0; i < n; i++) y[i] = i == 2 ? 9 : x[i] < 0 ? 0 : x[i];        | relu/1 is wrong, so it is not timed: y[2] is 9.0, expected
          """)
  void shortStaleAndWrongWritesAreRefusedByCaseAndIndex(String body, String expected)
      throws IOException {
    Path file =
        written(
            "Mine.java",
            "final class Mine {\n  static void relu(float[] x, float[] y, int n) {\n    %s\n  }\n}\n"
                .formatted(body));
    String said = refusal(KernelForms.of("relu"), file);
    assertTrue(said.contains(expected), said);
  }

  @Test
  void whatDoesNotCompileIsNamedByFileAndLine() throws IOException {
    Path file =
        written("Mine.java", "final class Mine {\n  static void relu(int n) { n = x; }\n}\n");
    String said = refusal(KernelForms.of("relu"), file);
    assertTrue(said.contains("Mine.java, line 2, column 33: cannot find symbol"), said);
  }

  @Test
  void anotherSignatureIsSetBesideTheRightOne() throws IOException {
    Path file =
        written("Mine.java", "final class Mine {\n  static void relu(float[] x, int n) {}\n}\n");
    assertEquals(
        """
        Mine.java has no method
        static void relu(float[] x, float[] y, int n)
        it has  static void relu(float[] x, int n)\
        """,
        refusal(KernelForms.of("relu"), file));
  }

  @Test
  void aKernelThatWritesBehindItsResultIsRefused() throws IOException {
    assumeOpenCl();
    String text =
        """
        // global: n
        // local: 64
        kernel void relu(global const float *x, global float *y, int n) {
          int i = get_global_id(0);
          y[i] = x[i] < 0 ? 0 : x[i];
        }
        """;
    String said = refusal(KernelForms.of("relu"), written("mine.cl", text));
    assertTrue(
        said.startsWith(
            "relu/0 is wrong, so it is not timed: it wrote element 1 of y, which has 1"),
        said);
    String all = text.replace("y[i]", "if (i < n - 1) y[i]");
    assertTrue(
        refusal(KernelForms.of("relu"), written("mine.cl", all)).contains("y[0] was not written"));
  }

  @Test
  void openClThatDoesNotBuildIsNamedByFileAndLine() throws IOException {
    assumeOpenCl();
    Path file =
        written(
            "mine.cl",
            """
            // global: n
            // local: 64
            kernel void relu(global const float *x, global float *y, int n) {
              y[0] = z;
            }
            """);
    String said =
        String.valueOf(
            assertThrows(OpenClException.class, () -> check(KernelForms.of("relu"), file))
                .getMessage());
    assertTrue(said.contains("mine.cl:4:"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          // global: n                 | there is no line  // local: ...
          // global: q@// local: 64      | mine.cl, line 1: there is no size "q", perhaps n; choose from n
          // global: n +1@// local: 64   | mine.cl, line 1: "n +1" is no size, expected one such as  n / 4 * 16
          // global: n,1@// local: 64    | global has 2 sizes and local 1, expected as many
          // global: n,1,1@// local: 64  | mine.cl, line 1: global has 3 sizes, expected 1 or 2
          """)
  void sizesThatMakeNoSenseAreNamedByLine(String lines, String expected) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> WorkSize.of("mine.cl", lines.replace("@", "\n"), List.of("n"), "n"));
    assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
  }

  @Test
  void sizesAreProductsAndQuotientsRoundedUp() {
    WorkSize size =
        WorkSize.of("", "// global: n / 4 * 2, m\n//local: 16, 1", List.of("m", "n"), "n");
    assertEquals(
        List.of(6, 7, 16, 1),
        java.util.Arrays.stream(size.of(java.util.Map.of("n", 9, "m", 7))).boxed().toList());
  }
}
