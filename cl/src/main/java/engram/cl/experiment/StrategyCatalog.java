package engram.cl.experiment;

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

/**
 * All strategies with their numbers for a buffer of 200 images. Those that a run's settings do not
 * set are here and nowhere else.
 */
public final class StrategyCatalog {
  private static final List<String> ANY = Variant.MEMORIES;
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
          "uses its memory only to veto steps that raise the loss there, and so rarely teaches old"
              + " against new: old classes score as with fine-tune. See task-aware accuracy.");

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
      Optional<String> caution,
      Factory factory) {
    Entry(
        String name,
        String line,
        String paper,
        List<String> memories,
        String memory,
        String cost,
        Factory factory) {
      this(name, line, paper, memories, memory, cost, Optional.empty(), factory);
    }
  }

  /** Makes a strategy. */
  @FunctionalInterface
  public interface Factory {
    Strategy create(Ingredients ingredients);
  }

  /** All strategies, in the order in which they are listed. */
  public static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "fine-tune",
              "cross-entropy on new images alone: the lower bound",
              "-",
              NONE,
              "-",
              "1",
              i -> new FineTune()),
          new Entry(
              "rehearsal-kd",
              "memory in each batch, distillation from the network before the task",
              "Hinton 2015, Rebuffi 2017",
              ANY,
              "buffer, teacher",
              "1.8",
              Ingredients::rehearsalKd),
          new Entry(
              "joint",
              "a new network on all images so far: the upper bound",
              "-",
              NONE,
              "all images",
              "tasks",
              i -> new Joint()),
          new Entry(
              "er",
              "cross-entropy on new images and as many from memory",
              "Chaudhry 2019",
              ANY,
              "buffer",
              "2",
              i -> new ExperienceReplay(i.memory())),
          new Entry(
              "lwf",
              "distillation on new images, no memory",
              "Li & Hoiem 2016",
              NONE,
              "teacher",
              "1.4",
              SIDE_BY_SIDE,
              i -> new LearningWithoutForgetting(1)),
          new Entry(
              "wa",
              "rehearsal with distillation, then new rows scaled to the norm of old ones",
              "Zhao 2020",
              ANY,
              "buffer, teacher",
              "1.8",
              LONG_OLD_ROWS,
              i -> new WeightAligning(i.memory())),
          new Entry(
              "er-ace",
              "new images compared with classes in the batch only, memory with all",
              "Caccia 2022",
              ANY,
              "buffer",
              "2",
              i -> new ErAce(i.memory())),
          new Entry(
              "der",
              "memory keeps logits, which are matched",
              "Buzzega 2020",
              ANY,
              "buffer, logits",
              "2",
              i -> DarkExperience.der(i.memory(), 0.1f)),
          new Entry(
              "der++",
              "der and cross-entropy on memory",
              "Buzzega 2020",
              ANY,
              "buffer, logits",
              "3",
              i -> DarkExperience.derPlusPlus(i.memory(), 0.1f, 0.5f)),
          new Entry(
              "x-der-rpc",
              "as der++, with a fixed classifier for all classes to come",
              "Boschini 2022",
              ANY,
              "buffer, logits",
              "3",
              i ->
                  new XDerRpc(
                      i.memory(),
                      XDerRpc.Weights.USUAL,
                      i.classes(),
                      CounterRandom.of(i.seed(), "simplex"))),
          new Entry(
              "icarl",
              "sigmoids distilled, herding, nearest mean of exemplars",
              "Rebuffi 2017",
              List.of("herding", "balanced", "reservoir", "ring"),
              "buffer, teacher",
              "2.7",
              i -> new ICarl(i.memory("herding"))),
          new Entry(
              "ss-il",
              "separate softmax for new images and memory, distillation by task",
              "Ahn 2021",
              ANY,
              "buffer, teacher",
              "2.7",
              i -> new SsIl(i.memory())),
          new Entry(
              "eeil",
              "distillation by task, then fine-tuning on the balanced memory",
              "Castro 2018",
              ANY,
              "buffer, teacher",
              "2.7",
              i -> new Eeil(i.memory(), 30)),
          new Entry(
              "bic",
              "rehearsal with distillation, logits of new classes corrected on memory",
              "Wu 2019",
              ANY,
              "buffer, teacher",
              "2.7",
              i -> new BiC(i.memory())),
          new Entry(
              "lucir",
              "logits are cosines, features may not turn, a margin for images from memory",
              "Hou 2019",
              ANY,
              "buffer, teacher",
              "2.7",
              i -> new Lucir(i.memory(), 16, 5, 0.5f)),
          new Entry(
              "balanced-kd",
              "counts of classes taken out of the logits, answers and features held",
              "Ren 2020, Hou 2019",
              ANY,
              "buffer, teacher",
              "2.7",
              i -> new BalancedKd(i.memory(), 1)),
          new Entry(
              "slda",
              "network frozen after task 1, linear discriminant of all images",
              "Hayes & Kanan 2020",
              NONE,
              "means, scatter",
              "3 or 0",
              i -> new StreamingDiscriminant(CounterRandom.of(i.seed(), "simplex"))),
          new Entry(
              "gdumb",
              "fills the memory, trains a new network on it alone, with CutMix",
              "Prabhu 2020",
              STREAM,
              "buffer",
              "1",
              i -> new GDumb(i.onlyMemory())),
          new Entry(
              "cls-er",
              "two moving averages of the network say what to keep; the slow one is used",
              "Arani 2022",
              ANY,
              "buffer, 2 networks",
              "2.7",
              i ->
                  new ClsEr(
                      i.memory(),
                      0.15f,
                      new MovingAverage.Rate(0.95, 0.9),
                      new MovingAverage.Rate(0.98, 0.7),
                      CounterRandom.of(i.seed(), "moving-average"))),
          new Entry(
              "online-ewc",
              "parameters held by their Fisher information",
              "Kirkpatrick 2017, Schwarz 2018",
              NONE,
              "2 networks",
              "1",
              NO_COMPARISON,
              i -> new OnlineEwc(100, 1)),
          new Entry(
              "si",
              "parameters held by how much they lowered the loss",
              "Zenke 2017",
              NONE,
              "4 networks",
              "1",
              NO_COMPARISON,
              i -> new SynapticIntelligence(0.5f, 0.001f)),
          new Entry(
              "mas",
              "parameters held by how much they move the output",
              "Aljundi 2018",
              NONE,
              "2 networks",
              "1",
              NO_COMPARISON,
              i -> new MemoryAwareSynapses(0.1f)),
          new Entry(
              "a-gem",
              "steps that raise the loss on memory are projected",
              "Chaudhry 2019",
              ANY,
              "buffer, gradient",
              "2",
              ONLY_SAYS_NO,
              i -> new AGem(i.memory())));

  private StrategyCatalog() {}
}
