package engram.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.op.Op;
import engram.op.OpCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelSourceTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void theFilesAreThere() {
    for (Op op : OpCatalog.OPS) {
      KernelSource source = KernelSource.of(op).orElseThrow();
      assertFalse(source.openCl().isEmpty(), op.name());
      Stream.concat(Stream.of(source.definition(), source.vector()), source.openCl().stream())
          .forEach(path -> assertTrue(Files.isRegularFile(ROOT.resolve(path)), path));
    }
  }

  /**
   * Where the bound kernel is not a loop that the threads share, its class says where it stands.
   */
  @Test
  void theKernelOfTheVectorBackendStandsThere() {
    try (Backend backend = VectorBackend.open(1)) {
      for (Op op : OpCatalog.OPS) {
        Class<?> kernel = new CaseRun(op.cases().getFirst(), backend).kernel().getClass();
        String file = kernel.getName().replaceFirst("\\$.*", "").replace('.', '/');
        if (!file.contains("/run/")) {
          String named = KernelSource.of(op).orElseThrow().vector();
          assertEquals(folder(named), folder("engine/src/main/java/" + file), op.name());
        }
      }
    }
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
