package engram.bench.tune;

import engram.base.Excerpt;
import engram.bench.run.RunOptions;
import engram.cl.settings.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Options of a run and the values to try for each.
 *
 * @param axes values by the long name of an option, without its dashes
 */
public record Grid(SequencedMap<String, List<String>> axes) {

  /**
   * Reads {@code lr=0.001,0.002} and the like.
   *
   * @throws IllegalArgumentException naming the part that is not of this form
   */
  public static Grid parse(List<String> texts) {
    SequencedMap<String, List<String>> axes = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      List<String> values = List.of(text.substring(equals + 1).strip().split(Kind.COMMA, -1));
      if (equals < 1 || values.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException(
            "grid \"%s\": write an option and its values, such as lr=0.001,0.002"
                .formatted(Excerpt.of(text)));
      }
      String name =
          RunOptions.nameOfToday(text.substring(0, equals).strip().replaceFirst("^--", ""));
      if (axes.put(name, values) != null) {
        throw new IllegalArgumentException("grid: %s is given twice".formatted(Excerpt.of(name)));
      }
      if (values.stream().distinct().count() < values.size()) {
        throw new IllegalArgumentException(
            "grid \"%s\": a value is given twice".formatted(Excerpt.of(text)));
      }
    }
    return new Grid(axes);
  }

  /** Each way to choose a value for each option; the last option varies fastest. */
  public List<SequencedMap<String, String>> combinations() {
    List<SequencedMap<String, String>> all = new ArrayList<>();
    all.add(new LinkedHashMap<>());
    for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
      List<SequencedMap<String, String>> longer = new ArrayList<>();
      for (SequencedMap<String, String> chosen : all) {
        for (String value : axis.getValue()) {
          SequencedMap<String, String> with = new LinkedHashMap<>(chosen);
          with.put(axis.getKey(), value);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }
}
