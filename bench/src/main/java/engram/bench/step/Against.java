package engram.bench.step;

import engram.backend.Backend;
import engram.base.Excerpt;
import java.io.IOException;
import java.util.function.Function;

/**
 * What a step is compared with.
 *
 * @param what seed, strategy, classes, task, step, device, no-fusion or at
 * @param value of it; empty for no-fusion
 */
record Against(String what, String value) {

  /** Reads {@code seed:2}, {@code no-fusion}, or a place of a run such as {@code er:1:2:117}. */
  static Against parse(String text) {
    if (text.equals("no-fusion")) {
      return new Against(text, "");
    }
    if (text.matches(".+:-?\\d+:\\d+:\\d+")) {
      return new Against("at", text);
    }
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw cannot(
          text,
          "seed:N, strategy:NAME, task:N, step:N, classes:N, device:NAME, no-fusion, or a place"
              + " such as er:1:2:117");
    }
    return new Against(text.substring(0, colon), text.substring(colon + 1));
  }

  static IllegalArgumentException cannot(String what, String forms) {
    return new IllegalArgumentException(
        "--against is \"%s\", here it can be %s".formatted(Excerpt.of(what), forms));
  }

  static long whole(String what, String value) {
    if (!value.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "--against is \"%s:%s\", expected a whole number behind the colon"
              .formatted(Excerpt.of(what), Excerpt.of(value)));
    }
    return Long.parseLong(value);
  }

  /**
   * Makes the second step and compares.
   *
   * @param open opens a device by name
   */
  Stages.Against of(Glass glass, StepSource source, Backend backend, Function<String, Backend> open)
      throws IOException {
    return switch (what) {
      case "no-fusion" -> Comparison.withoutFusion(glass, backend);
      case "device" -> {
        try (Backend other = open.apply(value)) {
          yield Comparison.device(glass, backend, other);
        }
      }
      default ->
          Comparison.steps(
              what + " " + value, glass.run(), source.with(what, value).look(backend).run());
    };
  }
}
