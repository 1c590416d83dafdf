package engram.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.op.OpCase;
import engram.op.OpCatalog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BenchCasesTest {
  private final List<BenchCase> all = BenchCases.all();

  @Test
  void everyDeclaredCaseIsMeasured() {
    List<String> measured =
        all.stream().filter(c -> !c.isLarge()).map(c -> c.opCase().toString()).toList();
    assertEquals(OpCatalog.cases().stream().map(OpCase::toString).toList(), measured);
  }

  @Test
  void namesAreUnique() {
    assertEquals(all.size(), new HashSet<>(all.stream().map(BenchCase::id).toList()).size());
  }

  @Test
  void everyJobIsACaseOnADeviceAndTheReferenceSkipsTheLargeOnes() {
    List<Job> jobs = Job.ops(all, List.of("vector", "reference"));
    long large = all.stream().filter(BenchCase::isLarge).count();
    assertTrue(large > 10, () -> large + " large cases");
    assertEquals(2L * all.size() - large, jobs.size());
  }

  @Test
  void anOpIsAskedForWithItsGradients() {
    Set<String> ops =
        BenchCases.ofOp("conv2d").stream()
            .map(c -> c.opCase().op().name())
            .collect(Collectors.toSet());
    assertEquals(Set.of("conv2d", "conv2d.input_gradient", "conv2d.weight_gradient"), ops);
    assertEquals(1, BenchCases.ofOp("conv2d/net-0").size());
    assertEquals(List.of(), BenchCases.ofOp("conv"));
  }
}
