package engram.bench.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The frames of each stage of a step as lines of text. */
final class StepText {
  private final Stages stages;
  private final Capture run;

  StepText(Stages stages, Capture run) {
    this.stages = stages;
    this.run = run;
  }

  /**
   * The frames of a stage.
   *
   * @param stage from 0
   */
  List<String> frames(int stage) {
    return switch (stage) {
      case 0 ->
          stages.recorded().stream()
              .filter(n -> n.phase().equals("forward"))
              .map(this::node)
              .toList();
      case 1 -> stages.walk().stream().map(this::walked).toList();
      case 2 -> fused();
      case 3 -> planned();
      case 4 -> stages.steps().stream().map(this::step).toList();
      default ->
          stages.against().stream().flatMap(a -> a.pairs().stream().map(p -> pair(a, p))).toList();
    };
  }

  private String node(Stages.Recorded node) {
    return "layer %s%n%s%n%s".formatted(node.layer(), text(node), runs(node));
  }

  /** Which step a recorded node became. */
  private String runs(Stages.Recorded node) {
    for (int i = 0; i < stages.steps().size(); i++) {
      if (stages.steps().get(i).out().stream().anyMatch(o -> node.out().contains(o.tensor()))) {
        return "runs as step " + i;
      }
    }
    return node.op().equals("view")
        ? "takes no step: it names a part of a value"
        : "is no step of its own: see 3 fuse";
  }

  private String text(Stages.Recorded node) {
    return "%s = %s(%s)"
        .formatted(
            String.join(", ", node.out().stream().map(this::tensor).toList()),
            node.op(),
            String.join(", ", node.in().stream().map(this::name).toList()));
  }

  private String tensor(int id) {
    Stages.Named named = Objects.requireNonNull(stages.tensors().get(id));
    return name(id) + " " + named.shape();
  }

  private String name(int id) {
    return Objects.requireNonNull(stages.tensors().get(id)).name() + "#" + id;
  }

  private String walked(Stages.Walked frame) {
    StringBuilder text = new StringBuilder();
    text.append("back through ").append(text(stages.recorded().get(frame.node()))).append('\n');
    text.append("arrives   ").append(tensor(frame.arriving())).append('\n');
    frame
        .appended()
        .forEach(
            i -> text.append("appended  ").append(text(stages.recorded().get(i))).append('\n'));
    for (Stages.Leaving leaving : frame.leaving()) {
      text.append(
          "leaves    %s for %s, %s%n"
              .formatted(
                  tensor(leaving.gradient()),
                  name(leaving.operand()),
                  leaving.assigned() ? "assigned" : "added to " + name(leaving.total())));
    }
    return text.append(frame.formula()).toString();
  }

  private List<String> fused() {
    List<String> frames = new ArrayList<>();
    for (Stages.Fired fired : stages.firings()) {
      frames.add(
          "%s%ntaken  %s%ngiven  %s%n%d nodes are left"
              .formatted(
                  fired.pattern(),
                  String.join("\ntaken  ", fired.taken()),
                  String.join("\ngiven  ", fired.given()),
                  fired.nodes()));
    }
    for (Stages.Missed missed : stages.misses()) {
      frames.add(
          "not applied: %s%nat       %s%nbecause  %s"
              .formatted(missed.pattern(), missed.last(), missed.why()));
    }
    return frames;
  }

  private List<String> planned() {
    List<String> frames = new ArrayList<>();
    Stages.Layout plan = stages.plan();
    for (int step = 0; step < plan.use().size(); step++) {
      int now = step;
      StringBuilder text = new StringBuilder();
      text.append(
          "step %d: %,d of %,d elements of the arena in use; unshared it would be %,d; most in step %d%n"
              .formatted(step, plan.use().get(step), plan.arena(), plan.unshared(), plan.peak()));
      plan.blocks().stream()
          .filter(b -> b.first() <= now && now <= b.last())
          .forEach(
              b ->
                  text.append(
                      "%9d  %s, steps %d to %d%n"
                          .formatted(b.offset(), tensor(b.tensor()), b.first(), b.last())));
      frames.add(text.toString());
    }
    return frames;
  }

  private String step(Stages.Step step) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %s, %s%n%s%n".formatted(step.op(), step.phase(), step.layer(), step.formula()));
    text.append(
        String.format(
            Locale.ROOT,
            "%.3f ms, %,d FLOP, %,d bytes%s%n",
            1e3 * step.seconds(),
            step.flops(),
            step.bytes(),
            step.share() < 0
                ? ""
                : ", %.0f %% of the limit (%s)".formatted(100 * step.share(), step.bound())));
    step.source().forEach(path -> text.append(path).append('\n'));
    List<Stages.Seen> values = values(step);
    for (int i = 0; i < values.size(); i++) {
      Stats stats = Stats.of(run.value(values.get(i).value()));
      text.append(
          String.format(
              Locale.ROOT,
              "%d  %s  norm %.4g, %.4g to %.4g, %.0f %% zeros, %s%n",
              i,
              tensor(values.get(i).tensor()),
              stats.norm(),
              stats.min(),
              stats.max(),
              100 * stats.zeros(),
              stats.nonFinite() == 0 ? "all finite" : stats.nonFinite() + " not finite"));
    }
    return text.toString();
  }

  /** Results, then what is updated, then operands. */
  static List<Stages.Seen> values(Stages.Step step) {
    List<Stages.Seen> values = new ArrayList<>(step.out());
    values.addAll(step.updated());
    values.addAll(step.in());
    return values;
  }

  private static String pair(Stages.Against against, Stages.Pair pair) {
    return "%s%n%s%s"
        .formatted(
            "against "
                + against.name()
                + (pair.differs(against.tolerance()) ? ": differs" : ": the same"),
            pair.error() < 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    "step %d, %s: error %.2g at element %d: %s here, %s there%n",
                    pair.here(),
                    pair.there(),
                    pair.error(),
                    pair.index(),
                    pair.expected(),
                    pair.received()),
            pair.note());
  }
}
