package engram.cl.catalog;

import engram.cl.strategy.AGem;
import engram.cl.strategy.BalancedKd;
import engram.cl.strategy.BiC;
import engram.cl.strategy.ClsEr;
import engram.cl.strategy.DarkExperience;
import engram.cl.strategy.Eeil;
import engram.cl.strategy.ErAce;
import engram.cl.strategy.ExperienceReplay;
import engram.cl.strategy.FineTune;
import engram.cl.strategy.GDumb;
import engram.cl.strategy.ICarl;
import engram.cl.strategy.Joint;
import engram.cl.strategy.LearningWithoutForgetting;
import engram.cl.strategy.Lucir;
import engram.cl.strategy.MemoryAwareSynapses;
import engram.cl.strategy.MovingAverage;
import engram.cl.strategy.OnlineEwc;
import engram.cl.strategy.SsIl;
import engram.cl.strategy.Strategy;
import engram.cl.strategy.StreamingDiscriminant;
import engram.cl.strategy.SynapticIntelligence;
import engram.cl.strategy.WeightAligning;
import engram.cl.strategy.XDerRpc;
import engram.random.CounterRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All strategies with their hyper-parameters for a buffer of 200 images. Those that a run's
 * settings do not set are here and nowhere else.
 */
public final class StrategyCatalog {
  private static final List<String> ANY = StrategySpec.MEMORIES;
  private static final List<String> STREAM = List.of("balanced", "reservoir", "ring");
  private static final List<String> NONE = List.of();

  private static final Optional<String> NO_COMPARISON =
      Optional.of(
          "keeps no images, so no loss ever compares an old class with a new one: new classes win"
              + " on every image and old ones score about 0. Task-aware accuracy shows what is"
              + " kept.");

  private static final Optional<String> SIDE_BY_SIDE =
      Optional.of(
          "keeps no images and compares old classes among themselves and new ones among themselves,"
              + " never one with the other: old classes score low. Task-aware accuracy shows what"
              + " is kept.");

  private static final Optional<String> ONLY_SAYS_NO =
      Optional.of(
          "uses its memory only to veto steps that raise the loss there, and learns from it no"
              + " further: old classes score well below er's, and differently from run to run. See"
              + " task-aware accuracy.");

  private static final Optional<String> LONG_OLD_ROWS =
      Optional.of(
          "expects the classifier rows of old classes to be the short ones. In the reference"
              + " network they start and stay longer than rows added later, so aligning favours new"
              + " classes.");

  /**
   * One strategy.
   *
   * @param name as on the command line
   * @param line what it does, in one line
   * @param paper where it is from
   * @param memories kinds of memory it can use, its own first; empty if it keeps no images
   * @param memory what it keeps beside the network that is trained
   * @param cost of a training step, in those of fine-tune, as the arithmetic has it
   * @param hyperParameters those that can be set, for a buffer of 200 images
   * @param caution what a reader of its results should know
   * @param factory makes it
   */
  public record Entry(
      String name,
      String line,
      String paper,
      List<String> memories,
      String memory,
      String cost,
      HyperParameters hyperParameters,
      Optional<String> caution,
      Function<StrategyContext, Strategy> factory) {
    /** The same with hyper-parameters that can be set. */
    Entry with(HyperParameters more) {
      return new Entry(name, line, paper, memories, memory, cost, more, caution, factory);
    }

    /** The same with a word to those who read its results. */
    Entry with(Optional<String> word) {
      return new Entry(name, line, paper, memories, memory, cost, hyperParameters, word, factory);
    }
  }

  /** The first half of an entry. */
  private record Title(String name, String line, String paper) {
    Entry keeps(
        List<String> memories,
        String memory,
        String cost,
        Function<StrategyContext, Strategy> factory) {
      return new Entry(
          name,
          line,
          paper,
          memories,
          memory,
          cost,
          HyperParameters.NONE,
          Optional.empty(),
          factory);
    }
  }

  private static Title strategy(String name, String line, String paper) {
    return new Title(name, line, paper);
  }

  /** All strategies, in the order in which they are listed. */
  public static final List<Entry> ENTRIES =
      List.of(
          strategy("fine-tune", "cross-entropy on new images alone: the lower bound", "-")
              .keeps(NONE, "-", "1", c -> new FineTune()),
          strategy(
                  "rehearsal-kd",
                  "memory in each batch, distillation from the network before the task",
                  "Hinton 2015, Rebuffi 2017")
              .keeps(ANY, "buffer, teacher", "1.8", StrategyContext::rehearsalKd),
          strategy("joint", "a new network on all images so far: the upper bound", "-")
              .keeps(NONE, "all images", "tasks", c -> new Joint()),
          strategy("er", "cross-entropy on new images and as many from memory", "Chaudhry 2019")
              .keeps(ANY, "buffer", "2", c -> new ExperienceReplay(c.memory())),
          strategy("lwf", "distillation on new images, no memory", "Li & Hoiem 2016")
              .keeps(NONE, "teacher", "1.4", c -> new LearningWithoutForgetting(c.number("lambda")))
              .with(SIDE_BY_SIDE)
              .with(HyperParameters.of("lambda", 0.5)),
          strategy(
                  "wa",
                  "rehearsal with distillation, then new rows scaled to the norm of old ones",
                  "Zhao 2020")
              .keeps(ANY, "buffer, teacher", "1.8", c -> new WeightAligning(c.memory()))
              .with(LONG_OLD_ROWS),
          strategy(
                  "er-ace",
                  "new images compared with classes in the batch only, memory with all",
                  "Caccia 2022")
              .keeps(ANY, "buffer", "2", c -> new ErAce(c.memory())),
          strategy("der", "memory keeps logits, which are matched", "Buzzega 2020")
              .keeps(
                  ANY,
                  "buffer, logits",
                  "2",
                  c -> DarkExperience.der(c.memory(), c.number("alpha")))
              .with(HyperParameters.of("alpha", 0.1)),
          strategy("der++", "der and cross-entropy on memory", "Buzzega 2020")
              .keeps(
                  ANY,
                  "buffer, logits",
                  "3",
                  c -> DarkExperience.derPlusPlus(c.memory(), c.number("alpha"), c.number("beta")))
              .with(HyperParameters.of("alpha", 0.1).and("beta", 0.5)),
          strategy(
                  "x-der-rpc",
                  "as der++, with a fixed classifier for all classes to come",
                  "Boschini 2022")
              .keeps(
                  ANY,
                  "buffer, logits",
                  "3",
                  c ->
                      new XDerRpc(
                          c.memory(),
                          new XDerRpc.Weights(
                              c.number("alpha"),
                              c.number("beta"),
                              c.number("gamma"),
                              c.number("eta"),
                              c.number("margin")),
                          c.classes(),
                          CounterRandom.of(c.seed(), "simplex")))
              .with(
                  HyperParameters.of("alpha", 0.1)
                      .and("beta", 0.5)
                      .and("gamma", 0.85)
                      .and("eta", 0.1)
                      .and("margin", 0.3)),
          strategy(
                  "icarl", "sigmoids distilled, herding, nearest mean of exemplars", "Rebuffi 2017")
              .keeps(
                  List.of("herding", "balanced", "reservoir", "ring"),
                  "buffer, teacher",
                  "2.7",
                  c -> new ICarl(c.memory("herding"))),
          strategy(
                  "ss-il",
                  "separate softmax for new images and memory, distillation by task",
                  "Ahn 2021")
              .keeps(ANY, "buffer, teacher", "2.7", c -> new SsIl(c.memory())),
          strategy(
                  "eeil",
                  "distillation by task, then fine-tuning on the balanced memory",
                  "Castro 2018")
              .keeps(ANY, "buffer, teacher", "2.7", c -> new Eeil(c.memory(), c.count("passes")))
              .with(HyperParameters.of("passes", 30)),
          strategy(
                  "bic",
                  "rehearsal with distillation, logits of new classes corrected on memory",
                  "Wu 2019")
              .keeps(ANY, "buffer, teacher", "2.7", c -> new BiC(c.memory())),
          strategy(
                  "lucir",
                  "logits are cosines, features may not turn, a margin for images from memory",
                  "Hou 2019")
              .keeps(
                  ANY,
                  "buffer, teacher",
                  "2.7",
                  c ->
                      new Lucir(
                          c.memory(), c.number("eta"), c.number("lambda"), c.number("margin")))
              .with(HyperParameters.of("eta", 16).and("lambda", 1).and("margin", 0.5)),
          strategy(
                  "balanced-kd",
                  "counts of classes taken out of the logits, answers and features held",
                  "Ren 2020, Hou 2019")
              .keeps(
                  ANY,
                  "buffer, teacher",
                  "2.7",
                  c -> new BalancedKd(c.memory(), c.number("lambda")))
              .with(HyperParameters.of("lambda", 1)),
          strategy(
                  "slda",
                  "network frozen after task 1, linear discriminant of all images",
                  "Hayes & Kanan 2020")
              .keeps(
                  NONE,
                  "means, scatter",
                  "3 or 0",
                  c -> new StreamingDiscriminant(CounterRandom.of(c.seed(), "simplex"))),
          strategy(
                  "gdumb",
                  "fills the memory, trains a new network on it alone, with CutMix",
                  "Prabhu 2020")
              .keeps(STREAM, "buffer", "1", c -> new GDumb(c.onlyMemory())),
          strategy(
                  "cls-er",
                  "two moving averages of the network say what to keep; the slow one is used",
                  "Arani 2022")
              .keeps(
                  ANY,
                  "buffer, 2 networks",
                  "2.7",
                  c ->
                      new ClsEr(
                          c.memory(),
                          c.number("lambda"),
                          new MovingAverage.Rate(c.number("plastic"), c.number("plastic-steps")),
                          new MovingAverage.Rate(c.number("stable"), c.number("stable-steps")),
                          CounterRandom.of(c.seed(), "moving-average")))
              .with(
                  HyperParameters.of("lambda", 0.5)
                      .and("plastic", 0.95)
                      .and("plastic-steps", 0.9)
                      .and("stable", 0.99)
                      .and("stable-steps", 0.7)),
          strategy(
                  "online-ewc",
                  "parameters held by their Fisher information",
                  "Kirkpatrick 2017, Schwarz 2018")
              .keeps(
                  NONE,
                  "2 networks",
                  "1",
                  c -> new OnlineEwc(c.number("lambda"), c.number("gamma")))
              .with(NO_COMPARISON)
              .with(HyperParameters.of("lambda", 100).and("gamma", 1)),
          strategy("si", "parameters held by how much they lowered the loss", "Zenke 2017")
              .keeps(
                  NONE,
                  "5 networks",
                  "1",
                  c -> new SynapticIntelligence(c.number("lambda"), c.number("xi")))
              .with(NO_COMPARISON)
              .with(HyperParameters.of("lambda", 2).and("xi", 0.001)),
          strategy("mas", "parameters held by how much they move the output", "Aljundi 2018")
              .keeps(NONE, "2 networks", "1", c -> new MemoryAwareSynapses(c.number("lambda")))
              .with(NO_COMPARISON)
              .with(HyperParameters.of("lambda", 0.1)),
          strategy("a-gem", "steps that raise the loss on memory are projected", "Chaudhry 2019")
              .keeps(ANY, "buffer, gradient", "2", c -> new AGem(c.memory()))
              .with(ONLY_SAYS_NO));

  private StrategyCatalog() {}
}
