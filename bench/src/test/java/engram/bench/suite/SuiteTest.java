package engram.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.op.Cost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Benchmarks run in processes of their own, with the flags of this one. */
@Tag("process")
@Timeout(600)
class SuiteTest {
  private final Suite shortest = new Suite(1, 1, 1, 20, 1);
  private final BenchCase matmul = BenchCases.named("matmul/1");

  @Test
  void caseIsTimedBesideTheLimitsOfItsProcess() throws Exception {
    Measurement m = shortest.run(Job.op(matmul, "vector")).measurement().orElseThrow();
    assertEquals("matmul", m.op());
    assertEquals(matmul.opCase().op().cost(matmul.opCase().inputs()), m.cost());
    assertTrue(m.times().median() > 0 && m.times().iterations() == 1, m::toString);
    assertTrue(m.hasRoof(), m::toString);
  }

  @Test
  void failureInAProcessIsToldWithItsReason() throws Exception {
    BenchCase unknown = new BenchCase("matmul/999", matmul.opCase());
    Suite.Outcome outcome = shortest.run(Job.op(unknown, "plain"));
    assertTrue(outcome.measurement().isEmpty());
    assertEquals("there is no case \"matmul/999\"", outcome.reason());
  }

  @Test
  void loadingIsTimedAndCountsItsBytes() throws Exception {
    Measurement m = shortest.run(Job.fillBatch()).measurement().orElseThrow();
    assertEquals(new Cost(0, 64 * 3072 * 5), m.cost());
  }
}
