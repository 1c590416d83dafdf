package engram.learn.memory;

import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Memory;
import engram.learn.api.Memory.Block;
import engram.learn.api.Memory.Life;
import engram.learn.exercise.Verdict;
import engram.plan.MemoryPlan;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/** Grades packing: no two that live together overlap, and the array is about as short as ours. */
final class PackingCheck {
  /** How much longer than the engine's plan the array may be. */
  private static final double MOST = 1.05;

  private static final int RANDOM_SETS = 200;
  private static final int LINE = 16;

  private PackingCheck() {}

  static Verdict check(Memory.Packing mine) {
    for (int n = 0; n < RANDOM_SETS; n++) {
      String where = "random blocks, set %d of %d".formatted(n + 1, RANDOM_SETS);
      List<Block> blocks = random(n);
      Optional<Verdict.Failed> wrong = firstWrong(where, blocks, answer(where, mine, blocks));
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    List<String> evidence = new ArrayList<>();
    evidence.add("%d sets of random blocks: nothing overlaps".formatted(RANDOM_SETS));
    for (Steps.Step step : Steps.all()) {
      MemoryPlan plan = MemoryPlan.of(step.graph());
      List<Block> blocks = blocks(step.graph(), plan);
      int[] offsets = answer(step.name(), mine, blocks);
      Optional<Verdict.Failed> wrong =
          firstWrong(step.name(), blocks, offsets)
              .or(() -> tooLong(step.name(), blocks, offsets, plan.arenaElements()));
      if (wrong.isPresent()) {
        return wrong.get();
      }
      evidence.add(
          "%s: %,d elements, Engram's plan %,d, without sharing %,d"
              .formatted(step.name(), length(blocks, offsets), plan.arenaElements(), sum(blocks)));
    }
    return new Verdict.Passed(evidence);
  }

  private static int[] answer(String where, Memory.Packing mine, List<Block> blocks) {
    return Verdict.answer(Verdict.failed(where), () -> mine.offsets(blocks));
  }

  private static Optional<Verdict.Failed> firstWrong(
      String where, List<Block> blocks, int[] offsets) {
    if (offsets.length != blocks.size()) {
      return Optional.of(
          Verdict.failed(where + ": the number of offsets")
              .expected(blocks.size(), offsets.length));
    }
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < 0) {
        return Optional.of(
            Verdict.failed("%s: the offset of block %d".formatted(where, i))
                .expected("0 or more", offsets[i]));
      }
      for (int j = 0; j < i; j++) {
        if (meet(blocks.get(i).life(), blocks.get(j).life())
            && offsets[i] < offsets[j] + blocks.get(j).size()
            && offsets[j] < offsets[i] + blocks.get(i).size()) {
          return Optional.of(
              Verdict.failed(where + ": two blocks overlap and live together")
                  .and("block %d: %s".formatted(j, text(blocks.get(j), offsets[j])))
                  .and("block %d: %s".formatted(i, text(blocks.get(i), offsets[i])))
                  .likely(
                      shared(blocks.get(i).life(), blocks.get(j).life()) == 1
                          ? "they meet at one node only, which reads the one and makes the other:"
                              + " that is together, too"
                          : "a place was taken for free that is not, or only the start of a block"
                              + " was looked at"));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Verdict.Failed> tooLong(
      String where, List<Block> blocks, int[] offsets, int engram) {
    int length = length(blocks, offsets);
    if (length <= MOST * engram) {
      return Optional.empty();
    }
    return Optional.of(
        Verdict.failed("%s: your array is too long".formatted(where))
            .expected(
                "at most %,d elements, 5 %% above Engram's %,d"
                    .formatted((int) (MOST * engram), engram),
                "%,d".formatted(length))
            .likely(
                length == sum(blocks)
                    ? "no two blocks share a place"
                    : "the order in which blocks are placed: one that is large finds no room later"
                        + " where small ones lie about"));
  }

  private static int length(List<Block> blocks, int[] offsets) {
    int length = 0;
    for (int i = 0; i < offsets.length; i++) {
      length = Math.max(length, offsets[i] + blocks.get(i).size());
    }
    return length;
  }

  private static int sum(List<Block> blocks) {
    return blocks.stream().mapToInt(Block::size).sum();
  }

  private static boolean meet(Life a, Life b) {
    return shared(a, b) > 0;
  }

  /** At how many nodes both live. */
  private static int shared(Life a, Life b) {
    return Math.min(a.last(), b.last()) - Math.max(a.first(), b.first()) + 1;
  }

  private static String text(Block block, int offset) {
    return "elements %d to %d, nodes %d to %d"
        .formatted(offset, offset + block.size() - 1, block.life().first(), block.life().last());
  }

  /** What the engine's plan of a step gives places to, in the order in which it is made. */
  private static List<Block> blocks(Graph graph, MemoryPlan plan) {
    SequencedMap<Tensor, Life> lives = new LinkedHashMap<>();
    List<Node> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      int now = i;
      for (Tensor output : steps.get(i).outputs()) {
        if (plan.arena().containsKey(output)) {
          lives.put(output, new Life(i, i));
        }
      }
      steps.get(i).inputs().forEach(input -> extend(lives, plan, input, now));
    }
    graph.kept().forEach(tensor -> extend(lives, plan, tensor, steps.size()));
    return lives.entrySet().stream()
        .map(each -> new Block(lines(each.getKey().shape().elements()), each.getValue()))
        .toList();
  }

  private static void extend(Map<Tensor, Life> lives, MemoryPlan plan, Tensor tensor, int last) {
    Tensor root = Objects.requireNonNull(plan.places().get(tensor)).root();
    lives.computeIfPresent(root, (_, life) -> new Life(life.first(), last));
  }

  private static int lines(int elements) {
    return Math.ceilDiv(elements, LINE) * LINE;
  }

  private static List<Block> random(int n) {
    CounterRandom random = CounterRandom.of(n, "blocks");
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 1 + n % 12; i++) {
      int first = i + random.below(3, 3L * i);
      Life life = new Life(first, first + random.below(6, 3L * i + 1));
      blocks.add(new Block(LINE * (1 + random.below(6, 3L * i + 2)), life));
    }
    return blocks;
  }
}
