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
import java.util.stream.Stream;

/**
 * All strategies with their hyper-parameters for a buffer of 200 images. Those that a run's
 * settings do not set are here and nowhere else.
 */
public final class StrategyCatalog {
  /** Every kind of memory, the balanced reservoir first. */
  public static final List<String> ANY = StrategySpec.MEMORIES;

  private static final List<String> BLIND =
      ANY.stream().filter(kind -> !kind.equals("herding")).toList();
  private static final List<String> HERDING_FIRST =
      Stream.concat(Stream.of("herding"), BLIND.stream()).toList();

  /** No memory. */
  public static final List<String> NONE = List.of();

  private static final String NO_COMPARISON =
      "keeps no images, so no loss ever compares an old class with a new one but on new images:"
          + " new classes win on nearly every image. Task-aware accuracy shows what is kept.";

  private static final String SIDE_BY_SIDE =
      "keeps no images: old classes score as well as distillation holds their outputs, since none"
          + " is ever compared with a new one (over=own), and near 0 where new images are compared"
          + " with all classes (over=met). Task-aware accuracy shows what is kept.";

  private static final String ONLY_SAYS_NO =
      "uses its memory only to veto steps that raise the loss there, and learns from it no"
          + " further: old classes score well below er's, and differently from run to run. See"
          + " task-aware accuracy.";

  private static final String LONG_OLD_ROWS =
      "expects the classifier rows of old classes to be the short ones. In the reference"
          + " network they start and stay longer than rows added later, so aligning favours new"
          + " classes.";

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

    /** The same with what it does, in one line. */
    public Entry does(String what) {
      return new Entry(
          name, what, paper, memories, memory, cost, hyperParameters, caution, factory);
    }

    /**
     * The same with what it keeps and costs.
     *
     * @param kinds of memory it can use, its own first
     * @param what it keeps beside the network that is trained
     * @param steps cost of a training step, in those of fine-tune
     */
    public Entry keeps(List<String> kinds, String what, String steps) {
      return new Entry(name, line, paper, kinds, what, steps, hyperParameters, caution, factory);
    }

    /**
     * The same with hyper-parameters.
     *
     * @param usual such as {@code "alpha=0.1 beta=0.5"}
     */
    public Entry with(String usual) {
      return new Entry(
          name, line, paper, memories, memory, cost, HyperParameters.of(usual), caution, factory);
    }

    /** The same with a word to readers of its results. */
    public Entry caution(String word) {
      return new Entry(
          name, line, paper, memories, memory, cost, hyperParameters, Optional.of(word), factory);
    }
  }

  /**
   * A strategy without memory and hyper-parameters, to be described further.
   *
   * @param name small letters, digits and hyphens
   * @param paper where it is from, such as {@code Chaudhry 2019}
   * @param factory makes it, once for each seed
   */
  public static Entry strategy(
      String name, String paper, Function<StrategyContext, Strategy> factory) {
    return new Entry(
        name, "", paper, NONE, "-", "1", HyperParameters.NONE, Optional.empty(), factory);
  }

  /** All strategies, in the order in which they are listed. */
  public static final List<Entry> ENTRIES =
      List.of(
          strategy("fine-tune", "-", c -> new FineTune())
              .does("cross-entropy on new images alone: the lower bound")
              .keeps(NONE, "-", "1"),
          strategy("rehearsal-kd", "Hinton 2015, Rebuffi 2017", StrategyContext::rehearsalKd)
              .does("memory in each batch, distillation from the network before the task")
              .keeps(ANY, "buffer, teacher", "1.8"),
          strategy("joint", "-", c -> new Joint())
              .does("a new network on all images so far: the upper bound")
              .keeps(NONE, "all images", "tasks"),
          strategy(
                  "er",
                  "Chaudhry 2019",
                  c ->
                      new ExperienceReplay(
                          c.memory(), c.word("weights", ExperienceReplay.Weights.class)))
              .does("cross-entropy on new images and as many from memory")
              .keeps(ANY, "buffer", "2")
              .with("weights=joined|sum|tasks"),
          strategy(
                  "lwf",
                  "Li & Hoiem 2016",
                  c ->
                      new LearningWithoutForgetting(
                          c.number("lambda"),
                          new LearningWithoutForgetting.Variant(
                              c.word("over", LearningWithoutForgetting.Over.class),
                              c.word("weights", LearningWithoutForgetting.Weights.class),
                              c.flag("squared"),
                              c.number("temperature"),
                              c.word("kd").equals("met"),
                              c.word("mean").equals("classes"))))
              .does("distillation on new images, no memory")
              .keeps(NONE, "teacher", "1.4")
              .caution(SIDE_BY_SIDE)
              .with(
                  "lambda=0.5 over=own|met weights=lambda|tasks|share squared=1|0 temperature=2"
                      + " kd=old|met mean=images|classes"),
          strategy("wa", "Zhao 2020", c -> new WeightAligning(c.memory()))
              .does("rehearsal with distillation, then new rows scaled to the norm of old ones")
              .keeps(ANY, "buffer, teacher", "1.8")
              .caution(LONG_OLD_ROWS),
          strategy(
                  "er-ace",
                  "Caccia 2022",
                  c ->
                      new ErAce(c.memory(), new ErAce.Variant(c.number("cosine"), c.flag("unmet"))))
              .does("new images compared with classes in the batch only, memory with all")
              .keeps(ANY, "buffer", "2")
              .with("cosine=0 unmet=0|1"),
          strategy("der", "Buzzega 2020", c -> DarkExperience.der(c.memory(), c.number("alpha")))
              .does("memory keeps logits, which are matched")
              .keeps(ANY, "buffer, logits", "2")
              .with("alpha=0.1"),
          strategy(
                  "der++",
                  "Buzzega 2020",
                  c -> DarkExperience.derPlusPlus(c.memory(), c.number("alpha"), c.number("beta")))
              .does("der and cross-entropy on memory")
              .keeps(ANY, "buffer, logits", "3")
              .with("alpha=0.1 beta=0.5"),
          strategy(
                  "x-der-rpc",
                  "Boschini 2022",
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
              .does("as der++, with a fixed classifier for all classes to come")
              .keeps(ANY, "buffer, logits", "3")
              .with("alpha=0.1 beta=0.5 gamma=0.85 eta=0.1 margin=0.3"),
          strategy(
                  "icarl",
                  "Rebuffi 2017",
                  c ->
                      new ICarl(
                          c.memory("herding"),
                          c.word("bce").equals("sum"),
                          c.number("temperature")))
              .does("sigmoids distilled, herding, nearest mean of exemplars")
              .keeps(HERDING_FIRST, "buffer, teacher", "2.7")
              .with("bce=mean|sum temperature=1"),
          strategy("ss-il", "Ahn 2021", c -> new SsIl(c.memory()))
              .does("separate softmax for new images and memory, distillation by task")
              .keeps(ANY, "buffer, teacher", "2.7"),
          strategy("eeil", "Castro 2018", c -> new Eeil(c.memory(), c.count("passes")))
              .does("distillation by task, then fine-tuning on the balanced memory")
              .keeps(ANY, "buffer, teacher", "2.7")
              .with("passes=30"),
          strategy("bic", "Wu 2019", c -> new BiC(c.memory()))
              .does("rehearsal with distillation, logits of new classes corrected on memory")
              .keeps(ANY, "buffer, teacher", "2.7"),
          strategy(
                  "lucir",
                  "Hou 2019",
                  c ->
                      new Lucir(
                          c.memory(), c.number("eta"), c.number("lambda"), c.number("margin")))
              .does("logits are cosines, features may not turn, a margin for images from memory")
              .keeps(ANY, "buffer, teacher", "2.7")
              .with("eta=16 lambda=1 margin=0.5"),
          strategy(
                  "balanced-kd",
                  "Ren 2020, Hou 2019",
                  c -> new BalancedKd(c.memory(), c.number("lambda")))
              .does("counts of classes taken out of the logits, answers and features held")
              .keeps(ANY, "buffer, teacher", "2.7")
              .with("lambda=1"),
          strategy(
                  "slda",
                  "Hayes & Kanan 2020",
                  c ->
                      new StreamingDiscriminant(
                          CounterRandom.of(c.seed(), "simplex"), c.count("sums")))
              .does("network frozen after task 1, linear discriminant of all images")
              .keeps(NONE, "means, scatter", "3 or 0")
              .with("sums=640"),
          strategy(
                  "gdumb",
                  "Prabhu 2020",
                  c -> new GDumb(c.onlyMemory(), c.count("passes"), c.number("mix")))
              .does("fills the memory, trains a new network on it alone, with CutMix")
              .keeps(BLIND, "buffer", "1")
              .with("passes=0 mix=0.5"),
          strategy(
                  "cls-er",
                  "Arani 2022",
                  c ->
                      new ClsEr(
                          c.memory(),
                          c.number("lambda"),
                          new MovingAverage.Rate(c.number("plastic"), c.number("plastic-steps")),
                          new MovingAverage.Rate(c.number("stable"), c.number("stable-steps")),
                          CounterRandom.of(c.seed(), "moving-average")))
              .does("two moving averages of the network say what to keep; the slow one is used")
              .keeps(ANY, "buffer, 2 networks", "2.7")
              .with("lambda=0.5 plastic=0.95 plastic-steps=0.9 stable=0.99 stable-steps=0.7"),
          strategy(
                  "online-ewc",
                  "Kirkpatrick 2017, Schwarz 2018",
                  c ->
                      new OnlineEwc(
                          c.number("lambda"),
                          c.number("gamma"),
                          new OnlineEwc.Fisher(
                              c.word("fisher", OnlineEwc.Labels.class),
                              c.count("images"),
                              c.flag("weighted"))))
              .does("parameters held by their Fisher information")
              .keeps(NONE, "2 networks", "1")
              .caution(NO_COMPARISON)
              .with("lambda=100 gamma=1 fisher=true|predicted|all images=200 weighted=0|1"),
          strategy(
                  "si",
                  "Zenke 2017",
                  c ->
                      new SynapticIntelligence(
                          c.number("lambda"),
                          c.number("xi"),
                          new SynapticIntelligence.Path(
                              c.flag("clip"), c.word("gradient").equals("total"))))
              .does("parameters held by how much they lowered the loss")
              .keeps(NONE, "5 networks", "1")
              .caution(NO_COMPARISON)
              .with("lambda=2 xi=0.001 clip=1|0 gradient=loss|total"),
          strategy(
                  "mas",
                  "Aljundi 2018",
                  c ->
                      new MemoryAwareSynapses(
                          c.number("lambda"),
                          new MemoryAwareSynapses.Look(
                              c.count("images"),
                              c.count("batch"),
                              c.word("outputs").equals("mean"))))
              .does("parameters held by how much they move the output")
              .keeps(NONE, "2 networks", "1")
              .caution(NO_COMPARISON)
              .with("lambda=0.1 images=200 batch=1 outputs=sum|mean"),
          strategy("a-gem", "Chaudhry 2019", c -> new AGem(c.memory()))
              .does("steps that raise the loss on memory are projected")
              .keeps(ANY, "buffer, gradient", "2")
              .caution(ONLY_SAYS_NO));

  private StrategyCatalog() {}
}
