package engram.tiles;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Chains of multiply-adds on registers alone, enough of them to hide their latency. */
final class FmaChainsTemplate {
  private FmaChainsTemplate() {}

  /** The source of {@code chains} chains. */
  static String write(int chains) {
    Source s = new Source();
    s.line(
        """
        package %s;

        import static engram.backend.vector.run.Lanes.SPECIES;

        import jdk.incubator.vector.FloatVector;

        /** Chains of multiply-adds, written by the build from {@code FmaChainsTemplate}. */
        """,
        MakeTiles.PACKAGE);
    s.block(
        "final class FmaChains",
        () -> {
          s.line(
              """
              /** Chains that run side by side. */
              static final int COUNT = %d;

              private FmaChains() {}

              /** Runs {@code steps} multiply-adds of every chain; their sum goes to {@code out}. */
              """,
              chains);
          s.block("static void run(int steps, float[] out, int at)", () -> body(chains, s));
        });
    return s.toString();
  }

  private static void body(int chains, Source s) {
    s.line("FloatVector m = FloatVector.broadcast(SPECIES, 0.999f);");
    s.line("FloatVector c = FloatVector.broadcast(SPECIES, 0.001f);");
    s.each(chains, i -> s.line("FloatVector a%d = c.add(%d);", i, i));
    s.block(
        "for (int i = 0; i < steps; i++)",
        () -> s.each(chains, i -> s.line("a%d = a%1$d.fma(m, c);", i)));
    s.line(
        IntStream.range(2, chains)
            .mapToObj("    .add(a%d)"::formatted)
            .collect(Collectors.joining("\n", "a0.add(a1)\n", "\n    .intoArray(out, at);")));
  }
}
