package engram.nn.doctor;

import engram.backend.Buffer;
import engram.inspect.NonFinite;
import engram.nn.Network;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches one training and says what is wrong with it, in sentences, each once. What is trained is
 * the same, bit for bit, with a doctor and without.
 *
 * <pre>{@code
 * Doctor doctor = new Doctor(trainer, System.out::println);
 * trainer.train(batch, doctor::run);
 * }</pre>
 *
 * <p>After each step it looks for NaN and infinity in loss, gradients and parameters; where there
 * is one it runs the step once more, node by node, from the parameters before it, to name the node
 * that made it. At the first steps and at every twentieth it examines what the step did to each
 * parameter, and what the layers give for some inputs of the batch.
 */
public final class Doctor {
  private static final Set<Long> FIRST = Set.of(1L, 2L, 5L, 10L);
  private static final int EVERY = 20;

  /** Inputs of a batch that a probe runs on. */
  private static final int ROWS = 16;

  private final Network network;
  private final Buffer gradientsOfStep;
  private final Consumer<Finding> findings;
  private final List<Symptom> symptoms = Symptom.all();
  private final Set<String> told = new HashSet<>();
  private final Map<Integer, Probe> probes = new HashMap<>();
  private final Labels labels = new Labels();
  private final float[] before;
  private final float[] stateBefore;
  private final float[] after;
  private final float[] gradients;
  private long step;
  private int looks;
  private boolean lost;
  private Optional<Examination> last = Optional.empty();

  /**
   * @param trainer whose steps are run by {@link #run}
   * @param findings takes each finding as it arises
   */
  public Doctor(Trainer trainer, Consumer<Finding> findings) {
    this(trainer.network(), trainer.optimiser().gradients(), findings);
  }

  /**
   * Watches a loop of one's own.
   *
   * @param network whose parameters it changes
   * @param gradients of all parameters, that a step takes
   * @param findings takes each finding as it arises
   */
  public Doctor(Network network, Buffer gradients, Consumer<Finding> findings) {
    this.network = network;
    this.gradientsOfStep = gradients;
    this.findings = findings;
    before = new float[network.parameters().buffer().elements()];
    after = new float[before.length];
    this.gradients = new float[before.length];
    stateBefore = new float[network.state().buffer().elements()];
  }

  /** Runs a step in place of {@link TrainingStep#run}, and looks at it. */
  public void run(TrainingStep ran) {
    run(WatchedStep.of(ran));
  }

  /** The same of a step that no trainer made. */
  public void run(WatchedStep ran) {
    step++;
    if (lost) {
      ran.run().run();
      return;
    }
    read(network.parameters().buffer(), before);
    read(network.state().buffer(), stateBefore);
    ran.run().run();
    float loss = (float) ran.loss().getAsDouble();
    read(network.parameters().buffer(), after);
    read(gradientsOfStep, gradients);
    boolean finite = Float.isFinite(loss) && allFinite(after) && allFinite(gradients);
    if (!finite || FIRST.contains(step) || step % EVERY == 0) {
      examine(ran, loss, finite);
    }
  }

  /**
   * Says that all examples have been seen: a class that was never a label is found now.
   *
   * @param firstClass first of the classes that should have been
   */
  public void endPass(int firstClass) {
    labels.missing(firstClass, network.classes()).ifPresent(this::tell);
  }

  /** What was seen last, for tables of it; nothing before the first step. */
  public Optional<Examination> last() {
    return last;
  }

  private static void read(Buffer from, float[] to) {
    from.read(0, to, 0, to.length);
  }

  private static boolean allFinite(float[] values) {
    int largest = 0; // of the bits without the sign: the order of magnitudes, NaN the largest
    for (float value : values) {
      largest = Math.max(largest, Float.floatToRawIntBits(value) & 0x7fff_ffff);
    }
    return largest < 0x7f80_0000;
  }

  private void examine(WatchedStep ran, float loss, boolean finite) {
    float[] inputs = ran.inputs().read();
    float[] targets = ran.targets().read();
    List<LabelRead> labelReads = StepGraph.labelReads(ran.plan().graph());
    if (!labelReads.isEmpty()) {
      labels.see(targets);
    }
    int rows = Math.min(ROWS, targets.length);
    Optional<Probe> probe =
        finite
            ? Optional.of(probes.computeIfAbsent(rows, size -> new Probe(network, size)))
            : Optional.empty();
    probe.ifPresent(forward -> forward.run(inputs));
    List<ParameterChange> changes =
        network.parameters().layout().slots().stream()
            .map(slot -> ParameterChange.of(slot, before, after, gradients))
            .toList();
    Examination now =
        new Examination(
            step,
            ++looks,
            network.model(),
            inputs,
            targets,
            labelReads,
            StepGraph.unused(ran.plan().graph()),
            ran.spent(),
            loss,
            finite ? changes : List.of(),
            probe.map(Probe::activations).orElse(List.of()),
            probe.map(Probe::logits).orElse(new float[rows * network.classes()]),
            rows);
    last = Optional.of(now);
    List<Finding> found = symptoms.stream().flatMap(symptom -> symptom.in(now)).toList();
    found.forEach(this::tell);
    if (!finite) {
      lost = true;
      boolean explained =
          found.stream().anyMatch(f -> Set.of("inputs", "labels").contains(f.where()));
      if (!explained) {
        producer(ran.plan()).map(first -> Producer.finding(first, step)).ifPresent(this::tell);
      }
    }
  }

  /** Runs the step again from where it began, then leaves all as it is now. */
  private Optional<NonFinite> producer(Plan plan) {
    Map<Tensor, float[]> now = new HashMap<>();
    for (Tensor external : plan.graph().externals()) {
      Buffer buffer = plan.buffer(external);
      float[] values = buffer.read();
      now.put(external, values);
      if (!allFinite(values) && !external.name().equals("inputs")) {
        buffer.write(new float[values.length]); // moments: what they were is not known
      }
    }
    network.parameters().buffer().write(before);
    network.state().buffer().write(stateBefore);
    try {
      return NonFinite.first(plan);
    } finally {
      now.forEach((external, values) -> plan.buffer(external).write(values));
    }
  }

  private void tell(Finding finding) {
    if (told.add(finding.symptom() + " " + finding.where())) {
      findings.accept(finding);
    }
  }
}
