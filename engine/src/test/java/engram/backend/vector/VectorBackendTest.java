package engram.backend.vector;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import engram.backend.Backend;
import engram.inspect.CaseRun;
import engram.inspect.OpCheck;
import engram.op.AdamStep;
import engram.op.AddBias;
import engram.op.Affine;
import engram.op.Elementwise;
import engram.op.Expand;
import engram.op.L2Normalize;
import engram.op.LeakyRelu;
import engram.op.LogSoftmax;
import engram.op.MaxPool2d;
import engram.op.Narrow;
import engram.op.OpCase;
import engram.op.OpCatalog;
import engram.op.Pad;
import engram.op.Relu;
import engram.op.SgdStep;
import engram.op.Softmax;
import engram.op.SumRows;
import engram.op.Unary;
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorBackendTest {

  static Stream<OpCase> cases() {
    return Stream.concat(OpCatalog.cases().stream(), sharedCases());
  }

  /** Sizes that several threads share: others are done by one. */
  private static Stream<OpCase> sharedCases() {
    Shape large = shape(3, 8_191);
    Shape images = shape(2, 48, 50, 7);
    return Stream.of(
        OpCase.of(new LeakyRelu(0.1f), large),
        OpCase.of(new LeakyRelu.Gradient(0.1f), large, large),
        OpCase.of(new Relu(), large),
        OpCase.of(new Affine(2, 1), large),
        OpCase.of(new Elementwise(Elementwise.Kind.MULTIPLY), large, large),
        OpCase.of(new Unary(Unary.Kind.EXP), large),
        OpCase.of(new AddBias(), shape(2_731, 9), shape(9)),
        OpCase.of(new Expand(0, 0, shape(2_731, 9)), shape(9)),
        OpCase.of(new SumRows(), shape(1_700, 17)),
        OpCase.of(new MaxPool2d(2, 2), images),
        OpCase.of(new Pad(1, 2, 3), images),
        OpCase.of(new Narrow(1, 2, 40), images),
        OpCase.of(new Softmax(), large),
        OpCase.of(new LogSoftmax(), large),
        OpCase.of(new L2Normalize(1e-6f), large));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void vectorsAgreeWithTheReference(OpCase opCase) {
    try (Backend backend = VectorBackend.open(2)) {
      requireAgreement(opCase, backend);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plainLoopsAgreeWithTheReference(OpCase opCase) {
    try (Backend backend = VectorBackend.plain(2)) {
      requireAgreement(opCase, backend);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeThreadsGiveTheSameBitsAsOne(OpCase opCase) {
    try (Backend one = VectorBackend.open(1);
        Backend three = VectorBackend.open(3)) {
      requireSameBits(opCase, one, three);
    }
  }

  private static void requireSameBits(OpCase opCase, Backend expecting, Backend receiving) {
    List<float[]> expected = new CaseRun(opCase, expecting).results();
    List<float[]> received = new CaseRun(opCase, receiving).results();
    assertFalse(expected.isEmpty());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), received.get(i), opCase.toString());
    }
  }

  static Stream<OpCase> optimiserSteps() {
    return cases().filter(c -> c.op() instanceof SgdStep || c.op() instanceof AdamStep);
  }

  @ParameterizedTest
  @MethodSource("optimiserSteps")
  void optimisersTakeTheSameStepWithVectorsAndWithout(OpCase opCase) {
    try (Backend vector = VectorBackend.open(2);
        Backend plain = VectorBackend.plain(1)) {
      requireSameBits(opCase, plain, vector);
    }
  }

  private static void requireAgreement(OpCase opCase, Backend backend) {
    assertEquals(Optional.empty(), OpCheck.result(opCase, backend));
  }
}
