package engram.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A parser and what it is given.
 *
 * @param name of the format
 * @param corpus good inputs, which are damaged
 * @param repair makes checksums and lengths of a damaged input right again, so that it gets past
 *     them; only half of the inputs are repaired
 * @param declared what the parser may throw
 * @param folder where inputs are that are files, and where none may be left
 * @param parser reads an input
 */
record FuzzTarget(
    String name,
    List<byte[]> corpus,
    Repair repair,
    Class<? extends Exception> declared,
    Optional<Path> folder,
    Parser parser) {

  /** Reads an input; whatever it makes of it is thrown away. */
  @FunctionalInterface
  interface Parser {
    void parse(byte[] input) throws Exception;
  }

  /** Makes a damaged input pass the first checks. */
  @FunctionalInterface
  interface Repair {
    byte[] repaired(byte[] input, SplittableRandom random);
  }

  /** A parser of what is in memory. */
  static FuzzTarget of(
      String name, List<byte[]> corpus, Class<? extends Exception> declared, Parser parser) {
    return new FuzzTarget(name, corpus, (input, _) -> input, declared, Optional.empty(), parser);
  }

  FuzzTarget repairedBy(Repair how) {
    return new FuzzTarget(name, corpus, how, declared, folder, parser);
  }

  /** The same of a parser of files in a folder. */
  FuzzTarget in(Path place) {
    return new FuzzTarget(name, corpus, repair, declared, Optional.of(place), parser);
  }

  /** All files of its folder. */
  Set<Path> files() throws IOException {
    if (folder.isEmpty()) {
      return Set.of();
    }
    try (Stream<Path> tree = Files.walk(folder.get())) {
      return tree.collect(Collectors.toSet());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
