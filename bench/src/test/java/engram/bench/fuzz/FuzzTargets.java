package engram.bench.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every parser of the program; one more is one more line of one of the lists. */
final class FuzzTargets {
  private FuzzTargets() {}

  /**
   * All of them.
   *
   * @param folder an empty one, for inputs that are files
   */
  static List<FuzzTarget> all(Path folder) throws IOException {
    List<FuzzTarget> all = new ArrayList<>();
    all.addAll(new DataTargets(folder.resolve("data")).all());
    all.addAll(new TensorTargets(folder.resolve("tensors")).all());
    all.addAll(new TextTargets(folder.resolve("texts")).all());
    all.addAll(new RunTargets(folder.resolve("runs")).all());
    return List.copyOf(all);
  }
}
