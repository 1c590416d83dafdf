package engram.bench.run;

import engram.backend.Backend;
import engram.bench.console.Version;
import engram.cl.state.State;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * What decides the results of a run: a run goes on only where all of it is the same.
 *
 * @param parts what people call it, and its value as a text of one line
 */
record RunIdentity(SequencedMap<String, String> parts) {
  /** Options on which no result depends. */
  static final List<String> FREE = List.of(RunOptions.THREADS.name());

  static RunIdentity of(OpenRun run, Backend backend) throws IOException {
    SequencedMap<String, String> parts = new LinkedHashMap<>();
    parts.put("version", Version.text());
    parts.put("computes on", backend.description().replaceAll(", \\d+ threads?$", ""));
    parts.put("images", fingerprint(run.dataset()));
    for (String file :
        run.config().toMap().get(RunOptions.PLUGINS.name()) instanceof List<?> files
            ? files.stream().map(String::valueOf).toList()
            : List.<String>of()) {
      parts.put("content of " + file, fingerprint(Path.of(file)));
    }
    Map<String, String> texts = run.config().texts();
    texts.keySet().removeAll(FREE);
    parts.putAll(texts);
    return new RunIdentity(parts);
  }

  /** Into a state. */
  void addTo(State state) {
    String lines =
        parts.entrySet().stream()
            .map(part -> part.getKey() + "\t" + part.getValue())
            .collect(Collectors.joining("\n"));
    state.text("identity", lines);
  }

  /** Out of a state. */
  static RunIdentity in(State state) {
    SequencedMap<String, String> parts = new LinkedHashMap<>();
    state
        .text("identity", "")
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(part -> parts.put(part[0], part.length > 1 ? part[1] : ""));
    return new RunIdentity(parts);
  }

  /** Parts that are not the same, each with what it was and what it is. */
  List<String> differences(RunIdentity former) {
    return differences(former.parts, parts);
  }

  static List<String> differences(Map<String, String> was, Map<String, String> is) {
    SequencedMap<String, String> all = new LinkedHashMap<>(is);
    was.forEach(all::putIfAbsent);
    List<String> differences = new ArrayList<>();
    for (String name : all.keySet()) {
      String before = was.getOrDefault(name, "nothing");
      String now = is.getOrDefault(name, "nothing");
      if (!before.equals(now) && !FREE.contains(name)) {
        differences.add("%s: %s, not %s".formatted(name, before, now));
      }
    }
    return differences;
  }

  private static String fingerprint(Dataset dataset) {
    Checksum sum = new CRC32C();
    for (ImageSet images : List.of(dataset.train(), dataset.test())) {
      sum.update(images.pixels());
      add(sum, images.labels());
      add(sum, images.tracks());
    }
    sum.update(String.join("\n", dataset.classNames()).getBytes(StandardCharsets.UTF_8));
    return "%s (checksum %08x)".formatted(dataset.description(), sum.getValue());
  }

  private static void add(Checksum sum, int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asIntBuffer().put(values);
    sum.update(bytes);
  }

  private static String fingerprint(Path file) throws IOException {
    Checksum sum = new CRC32C();
    sum.update(Files.readAllBytes(file));
    return "checksum %08x".formatted(sum.getValue());
  }
}
