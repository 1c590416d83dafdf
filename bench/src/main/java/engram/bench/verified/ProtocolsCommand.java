package engram.bench.verified;

import engram.base.WholeFile;
import engram.bench.console.Columns;
import engram.bench.console.Subcommand;
import engram.bench.protocol.Protocol;
import engram.bench.record.RecordedRun;
import engram.cl.protocol.Protocols;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram protocols}: the published protocols, and what was reached by them. */
@Command(
    name = "protocols",
    description = {
      "Lists the published protocols that  engram run --protocol NAME  follows, shows one, or makes"
          + " the table of published results and ours out of run folders.",
      ""
    },
    footer = {
      "  engram protocols                          list them",
      "  engram protocols hsu-mnist-class          all that one says",
      "  engram run --protocol hsu-mnist-class --data mnist:PATH --seeds 10",
      "  engram protocols --table runs/* --out cl/VERIFIED.md"
    })
public final class ProtocolsCommand extends Subcommand {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "protocol to show")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--table",
      arity = "1..*",
      paramLabel = "DIR",
      description = "run folders to make the table of published results and ours from")
  private List<Path> folders = List.of();

  @Option(names = "--out", paramLabel = "FILE", description = "where the table goes (the screen)")
  private Optional<Path> file = Optional.empty();

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    require(
        name.isEmpty() || folders.isEmpty(),
        "NAME shows one protocol, --table makes a table of all: give one of them");
    require(file.isEmpty() || !folders.isEmpty(), "--out is where --table goes: give both");
    if (!folders.isEmpty()) {
      table(out);
    } else if (name.isPresent()) {
      out.print(given(() -> Protocols.text(name.get())));
    } else {
      list(out);
    }
    return true;
  }

  private static void list(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    for (String one : Protocols.NAMES) {
      rows.add(List.of(one, Protocol.of(one).title()));
    }
    out.print(Columns.text(rows));
  }

  private void table(PrintWriter out) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    Map<Path, IOException> unread = new LinkedHashMap<>();
    for (Path folder : folders) {
      require(Files.exists(folder), "--table %s: there is no such folder".formatted(folder));
      try {
        runs.add(RecordedRun.read(folder));
      } catch (IOException e) {
        unread.put(folder, e);
      }
    }
    if (runs.stream().noneMatch(run -> Protocols.NAMES.contains(followed(run)))) {
      throw new IOException(
          "%s: no run there follows a published protocol; make one with  engram run --protocol NAME"
              .formatted(folders.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
    String markdown = VerifiedTable.markdown(runs, notCounted(unread));
    if (file.isEmpty()) {
      out.print(markdown);
      return;
    }
    byte[] bytes = markdown.getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file.get(), stream -> stream.write(bytes));
    out.println("table " + file.get());
    unread.values().forEach(e -> out.println("not counted: " + firstLine(e)));
  }

  /** Why folders have no row, under their names: where they lie does not matter to a reader. */
  private static List<String> notCounted(Map<Path, IOException> unread) {
    List<String> lines = new ArrayList<>();
    unread.forEach(
        (folder, e) ->
            lines.add(
                firstLine(e).replace(folder.toString(), String.valueOf(folder.getFileName()))));
    return lines;
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String followed(RecordedRun run) {
    return run.settings().getOrDefault("protocol", "none");
  }
}
