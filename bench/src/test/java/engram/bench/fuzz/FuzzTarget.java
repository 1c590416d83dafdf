package engram.bench.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A parser and what it is given.
 *
 * @param name of the format
 * @param corpus good inputs, which are damaged
 * @param repair makes checksums and lengths of a damaged input right again, so that it gets past
 *     them; only half of the inputs are repaired
 * @param declared what the parser may throw
 * @param parser reads an input
 */
record FuzzTarget(
    String name,
    List<byte[]> corpus,
    Repair repair,
    Class<? extends Exception> declared,
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

  static FuzzTarget of(
      String name, List<byte[]> corpus, Class<? extends Exception> declared, Parser parser) {
    return new FuzzTarget(name, corpus, (input, _) -> input, declared, parser);
  }

  FuzzTarget repairedBy(Repair how) {
    return new FuzzTarget(name, corpus, how, declared, parser);
  }

  @Override
  public String toString() {
    return name;
  }
}
