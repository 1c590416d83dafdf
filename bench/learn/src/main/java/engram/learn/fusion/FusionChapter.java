package engram.learn.fusion;

import engram.learn.api.Fusion;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import engram.op.FusedConv2d;
import engram.op.Linear;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Two nodes that become one. */
public final class FusionChapter {
  private FusionChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "5",
          "Fusion",
          "engine/COURSE.md",
          List.of(
              Exercise.of(
                  "Refusals",
                  "three reasons not to fuse",
                  Fusion.Refusals.class,
                  FusionChapter::refusals),
              Exercise.of(
                  "BiasRule",
                  "a product takes its bias in",
                  Fusion.Rule.class,
                  mine ->
                      new RuleCheck(mine, Linear.class, BiasGraphs.FIRE, BiasGraphs.REFUSE)
                          .check()),
              Exercise.of(
                  "ActivationRule",
                  "a convolution takes its activation in",
                  Fusion.Rule.class,
                  mine ->
                      new RuleCheck(
                              mine,
                              FusedConv2d.class,
                              ActivationGraphs.FIRE,
                              ActivationGraphs.REFUSE)
                          .check())));

  private static Verdict refusals(Fusion.Refusals mine) {
    for (int i = 0; i < Pairs.ALL.size(); i++) {
      Pairs.Pair pair = Pairs.ALL.get(i);
      Verdict.Failed where =
          Verdict.failed(
              "graph %d of %d: %s".formatted(i + 1, Pairs.ALL.size(), pair.description()));
      Optional<Fusion.Refusal> received =
          Verdict.answer(where, () -> mine.refusal(pair.graph(), pair.first(), pair.last()));
      Set<Fusion.Refusal> expected = pair.expected();
      boolean right =
          received.map(expected::contains).orElse(expected.isEmpty()); // any reason that holds
      if (!right) {
        Verdict.Failed failed =
            where
                .expected(
                    expected.isEmpty() ? "no refusal" : expected.iterator().next(),
                    received.map(Object::toString).orElse("no refusal"))
                .and("first is " + pair.first())
                .and("last is " + pair.last());
        return GraphText.with(failed, pair.graph()).likely(pair.cause());
      }
    }
    return Verdict.passed(
        "%d graphs: refused where, and only where, need be".formatted(Pairs.ALL.size()));
  }
}
