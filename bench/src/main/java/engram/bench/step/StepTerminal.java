package engram.bench.step;

import engram.bench.console.Lines;
import engram.graph.Node;
import engram.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
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
      Frames count from 0: those of 4 and 5 are the numbers of engram graph and
      engram explain, those of 1 also count views, which they leave out.
      """;

  /** Elements of a value, and terms of a sum, that are shown at once. */
  private static final int SHOWN = 24;

  private final Stages stages;
  private final Capture run;
  private final StepText text;
  private final PrintWriter out;
  private final int[] places = new int[NAMES.size()];
  private int stage;

  StepTerminal(Stages stages, Capture run, PrintWriter out) {
    this.stages = stages;
    this.run = run;
    text = new StepText(stages, run);
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
      case "g" -> go(whole(words.length > 1 ? words[1] : ""));
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
    places[stage] = Math.max(0, Math.min(frame, text.frames(stage).size() - 1));
    show();
  }

  private void show() {
    List<String> frames = text.frames(stage);
    if (frames.isEmpty()) {
      say("nothing to see in this stage");
      return;
    }
    int at = places[stage];
    say("%s %d of 0 to %d".formatted(NAMES.get(stage), at, frames.size() - 1));
    frames.get(at).lines().forEach(this::say);
  }

  private Capture.Ran ran() {
    if (stage != 4) {
      throw new IllegalArgumentException("values are in stage 5, replay");
    }
    return run.steps().get(places[stage]);
  }

  private void value(int number, String from) {
    var _ = ran();
    List<Stages.Seen> values = StepText.values(stages.steps().get(places[stage]));
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
                say("finite difference of the loss by %s: %s".formatted(d.operand(), d.numeric())));
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
