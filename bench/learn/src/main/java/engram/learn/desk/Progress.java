package engram.learn.desk;

import engram.base.InputFile;
import engram.base.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a learner has done, a line for each exercise: {@code leaky-relu: passed, hints 1}. The file
 * is theirs: it may be read and changed.
 */
final class Progress {
  private static final int MOST_BYTES = 1 << 16;
  private static final Pattern LINE = Pattern.compile("([a-z0-9-]+): (passed|open), hints ([0-3])");

  /** Of one exercise. */
  record Entry(boolean passed, int hints) {
    static final Entry NONE = new Entry(false, 0);

    @Override
    public String toString() {
      return "%s, hints %d".formatted(passed ? "passed" : "open", hints);
    }
  }

  private final Path file;
  private final SequencedMap<String, Entry> entries = new TreeMap<>();

  /**
   * Reads the file, if there is one.
   *
   * @throws IOException naming the file, the line and what is expected in it
   */
  Progress(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      return;
    }
    int number = 0;
    for (String line : InputFile.readText(file, MOST_BYTES).lines().toList()) {
      number++;
      Matcher parts = LINE.matcher(line.strip());
      if (parts.matches()) {
        entries.put(
            parts.group(1),
            new Entry(parts.group(2).equals("passed"), Integer.parseInt(parts.group(3))));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IOException(
            "%s, line %d: expected a line such as  leaky-relu: passed, hints 1\nDelete it to begin anew; your files stay."
                .formatted(file, number));
      }
    }
  }

  Entry of(String exercise) {
    return entries.getOrDefault(exercise, Entry.NONE);
  }

  /** Remembers that an exercise has passed, or no longer does. */
  void passed(String exercise, boolean passed) throws IOException {
    put(exercise, new Entry(passed, of(exercise).hints()));
  }

  /** Remembers how many hints were read. */
  void hints(String exercise, int hints) throws IOException {
    put(exercise, new Entry(of(exercise).passed(), hints));
  }

  private void put(String exercise, Entry entry) throws IOException {
    entries.put(exercise, entry);
    String text =
        entries.entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue() + "\n")
            .collect(Collectors.joining("", "# What engram learn remembers.\n", ""));
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
