package engram.data.folder;

import engram.data.DataException;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The order of classes, which depends on their names alone, not on a file system or a language. */
final class ClassNames {

  /** By code point. */
  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private ClassNames() {}

  /** A folder's name as a class: one way to write an umlaut, as systems have two. */
  static String of(String folder) {
    return Normalizer.normalize(folder, Normalizer.Form.NFC);
  }

  /**
   * In the order of their numbers, if all are whole numbers, else by code point.
   *
   * @throws DataException if two differ in case only
   */
  static List<String> sorted(String where, Collection<String> names) {
    Map<String, String> seen = new HashMap<>();
    for (String name : names.stream().sorted(BY_CODE_POINT).toList()) {
      Optional<String> same = Optional.ofNullable(seen.put(name.toLowerCase(Locale.ROOT), name));
      if (same.isPresent()) {
        throw new DataException(
            where,
            "classes \"%s\" and \"%s\" differ in case only".formatted(same.get(), name),
            "Many systems take them for one folder: rename one, or move its pictures to the other");
      }
    }
    boolean numbers = names.stream().allMatch(name -> name.matches("[0-9]+"));
    Comparator<String> order =
        numbers
            ? Comparator.comparing((String name) -> new BigInteger(name))
                .thenComparing(BY_CODE_POINT)
            : BY_CODE_POINT;
    return names.stream().sorted(order).toList();
  }
}
