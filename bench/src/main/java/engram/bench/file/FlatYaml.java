package engram.bench.file;

import engram.base.Excerpt;
import engram.base.Reason;
import java.io.IOException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML of a few lines of settings. It is looked through before anything is made of it, so that no
 * file, damaged or meant to harm, takes more than its own size in memory: nothing is nested deeper
 * than a list of settings needs it, and nothing stands for something else.
 */
final class FlatYaml {
  /** Settings, their lists, and a little more so that a mistake is named where it is read. */
  private static final int LONGEST_PROBLEM = 200;

  private static final int DEEPEST = 8;

  private FlatYaml() {}

  /**
   * What a text holds: a map, a list, a scalar, or null if it is empty.
   *
   * @param name what the text is, for messages
   * @throws IOException naming it, and line and column where it is not such YAML
   */
  static Object read(String name, String text) throws IOException {
    LoadSettings settings = LoadSettings.builder().setLabel(name).build();
    try {
      int depth = 0;
      for (Event event : new Parse(settings).parseString(text)) {
        if (event instanceof AliasEvent) {
          throw wrong(name, event.getStartMark(), "an alias; write the value itself");
        }
        if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
          throw wrong(name, event.getStartMark(), "nested more than " + DEEPEST + " levels deep");
        }
        if (event instanceof CollectionEndEvent) {
          depth--;
        }
      }
      return new Load(settings).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem();
      throw wrong(
          name,
          e.getProblemMark(),
          problem.length() > LONGEST_PROBLEM ? Excerpt.of(problem) : problem);
    } catch (YamlEngineException e) {
      if (e.getCause() instanceof ClassCastException) {
        throw new IOException(
            "%s: this is not YAML: a tag that does not fit its value".formatted(name), e);
      }
      if (e.getCause() instanceof NumberFormatException) {
        throw new IOException("%s: this is not YAML: a number that is none".formatted(name), e);
      }
      throw new IOException(
          "%s: this is not YAML: %s".formatted(name, Excerpt.of(Reason.of(e))), e);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s: this is not YAML: a number that is none, or an escape such as \\u00e9 without its digits"
              .formatted(name),
          e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The library's own, such as of an escape for a character that there is not.
      throw new IOException(
          "%s: this is not YAML: %s".formatted(name, Excerpt.of(Reason.of(e))), e);
    }
  }

  private static IOException wrong(String name, Optional<Mark> place, String what) {
    return new IOException(
        "%s%s: %s"
            .formatted(
                name,
                place
                    .map(
                        mark ->
                            ", line %s, column %s"
                                .formatted(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(""),
                what));
  }
}
