package engram.bench.step;

import engram.bench.console.Lines;
import engram.graph.Node;
import engram.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A step as a session with keys: a letter or two and Enter. */
final class StepTerminal {
  private static final List<String> NAMES =
      List.of("record", "differentiate", "fuse", "plan", "replay", "two");

  private static final String HELP =
      """
      n next   b back   g N frame N   1 record  2 differentiate  3 fuse  4 plan
      5 replay  6 two   v K [I,J,..] value K of a step, from an element on
      a I,J,..  the sum that made an element of the result   ? this   q quit
      """;

  /** Elements of a value, and terms of a sum, that are shown at once. */
  private static final int SHOWN = 24;

  private final Stages stages;
  private final Capture run;
  private final PrintWriter out;
  private final int[] places = new int[NAMES.size()];
  private int stage;

  StepTerminal(Stages stages, Capture run, PrintWriter out) {
    this.stages = stages;
    this.run = run;
    this.out = out;
  }

  /** Reads keys until q or the end. */
  void run(BufferedReader keys) throws IOException {
    say(stages.title());
    stages.about().forEach(this::say);
    out.print(HELP);
    show();
    prompt();
    for (String line = keys.readLine(); line != null; line = keys.readLine()) {
      String key = line.strip();
      if (key.equals("q")) {
        break;
      }
      try {
        press(key);
      } catch (IllegalArgumentException e) {
        say(String.valueOf(e.getMessage()));
      }
      prompt();
    }
    out.flush();
  }

  private void prompt() {
    out.print(NAMES.get(stage) + "> ");
    out.flush();
  }

  private void press(String key) {
    String[] words = key.split("\\s+", 3);
    switch (words[0]) {
      case "", "n" -> go(places[stage] + 1);
      case "b" -> go(places[stage] - 1);
      case "g" -> go(whole(words.length > 1 ? words[1] : "") - 1);
      case "1", "2", "3", "4", "5", "6" -> {
        stage = Integer.parseInt(words[0]) - 1;
        show();
      }
      case "v" -> value(words.length > 1 ? whole(words[1]) : 0, words.length > 2 ? words[2] : "");
      case "a" -> ask(key.substring(1).strip());
      case "?" -> out.print(HELP);
      default -> say("no such key: \"" + key + "\"; ? lists them");
    }
  }

  private static int whole(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("\"" + text + "\" is no whole number");
    }
    return Integer.parseInt(text);
  }

  private void go(int frame) {
    places[stage] = Math.max(0, Math.min(frame, frames().size() - 1));
    show();
  }

  /** The frames of the stage, as text. */
  private List<String> frames() {
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

  private void show() {
    List<String> frames = frames();
    if (frames.isEmpty()) {
      say("nothing to see in this stage");
      return;
    }
    int at = places[stage];
    say("%s %d of %d".formatted(NAMES.get(stage), at + 1, frames.size()));
    frames.get(at).lines().forEach(this::say);
  }

  private String node(Stages.Recorded node) {
    return "layer %s%n%s".formatted(node.layer(), text(node));
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
  private static List<Stages.Seen> values(Stages.Step step) {
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

  private Capture.Ran ran() {
    if (stage != 4) {
      throw new IllegalArgumentException("values are in stage 5, replay");
    }
    return run.steps().get(places[stage]);
  }

  private void value(int number, String from) {
    var _ = ran();
    List<Stages.Seen> values = values(stages.steps().get(places[stage]));
    if (number >= values.size()) {
      throw new IllegalArgumentException("there is no value " + number + " here");
    }
    Stages.Seen seen = values.get(number);
    List<Integer> shape = Objects.requireNonNull(stages.tensors().get(seen.tensor())).shape();
    float[] value = run.value(seen.value());
    int start = from.isEmpty() ? 0 : position(from, shape);
    for (int i = start; i < Math.min(value.length, start + SHOWN); i++) {
      say("%s %s".formatted(index(i, shape), value[i]));
    }
  }

  private void ask(String at) {
    Capture.Ran ran = ran();
    Node node = ran.node();
    Tensor result = node.written().getFirst();
    List<Integer> shape = StagesOf.dims(result);
    int element = at.isEmpty() ? 0 : position(at, shape);
    Capture.Operand written =
        ran.outputs().isEmpty() ? ran.updated().getFirst() : ran.outputs().getFirst();
    float stored = run.value(written.value())[element];
    Written sum =
        Written.of(node, element, (operand, i) -> run.value(operand(ran, operand).value())[i]);
    say("%s%s = %s".formatted(result.name(), index(element, shape), stored));
    for (Written.Term term : sum.terms().subList(0, Math.min(SHOWN, sum.terms().size()))) {
      String factors =
          String.join(
              " x ", term.factors().stream().map(f -> String.valueOf((float) f.value())).toList());
      say(
          sum.by().function() == Sum.Function.LIST
              ? factors
              : "  %s = %.6g".formatted(factors, term.value()));
    }
    if (sum.terms().size() > SHOWN) {
      say("  and %,d more".formatted(sum.terms().size() - SHOWN));
    }
    sum.plus().forEach(p -> say("  + " + (float) p.value()));
    if (sum.by().function() != Sum.Function.LIST) {
      say(
          "sum of %,d terms in double precision: %s%s"
              .formatted(
                  sum.terms().size(),
                  sum.sum(),
                  sum.by().then().isEmpty() ? "" : ", then " + sum.by().then()));
    }
    stages.differences().stream()
        .filter(d -> d.value() == written.value() && d.index() == element)
        .forEach(
            d ->
                say(
                    "finite difference of the loss by %s: %s"
                        .formatted(d.parameter(), d.numeric())));
  }

  private static Capture.Operand operand(Capture.Ran ran, int number) {
    return number >= 0 ? ran.inputs().get(number) : ran.outputs().get(-1 - number);
  }

  private static int position(String text, List<Integer> shape) {
    String[] parts = text.split("\\s*,\\s*");
    if (parts.length != shape.size()) {
      throw new IllegalArgumentException(
          "\"%s\": the shape is %s, give %d numbers with commas"
              .formatted(text, shape, shape.size()));
    }
    int position = 0;
    for (int d = 0; d < parts.length; d++) {
      int at = whole(parts[d]);
      if (at >= shape.get(d)) {
        throw new IllegalArgumentException("\"%s\" lies outside %s".formatted(text, shape));
      }
      position = position * shape.get(d) + at;
    }
    return position;
  }

  private static String index(int element, List<Integer> shape) {
    List<Integer> at = new ArrayList<>();
    int rest = element;
    for (int size : shape.reversed()) {
      at.addFirst(rest % size);
      rest /= size;
    }
    return at.toString();
  }

  private void say(String line) {
    out.print(Lines.wrapped(line, 4));
  }
}
