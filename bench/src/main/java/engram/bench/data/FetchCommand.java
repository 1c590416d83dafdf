package engram.bench.data;

import engram.base.UserCache;
import engram.bench.console.Bar;
import engram.bench.console.Screen;
import engram.bench.console.Subcommand;
import engram.cl.settings.Choice;
import engram.data.catalog.DataEntry;
import engram.data.catalog.Datasets;
import engram.data.fetch.Fetch;
import engram.data.fetch.Origin;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram data fetch}: downloads a data set that has an official address. */
@Command(
    name = "fetch",
    description = {
      "Downloads a data set from where its authors publish it. What was interrupted goes on where"
          + " it stopped; checksums are verified where they are published.",
      ""
    },
    footer = {
      "  engram data fetch mnist",
      "  engram data fetch gtsrb --to data/gtsrb && engram run --data gtsrb:data/gtsrb"
    })
final class FetchCommand extends Subcommand {

  /** Names of the data sets that have an address. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return fetchable().stream().map(DataEntry::name).iterator();
    }
  }

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "${COMPLETION-CANDIDATES}")
  private String name = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "folder (named after the data set, in the user's cache folder)")
  private Optional<Path> target = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "address of a mirror, to which the names of the files are added")
  private Optional<URI> mirror = Optional.empty();

  private final Map<String, Bar> bars = new HashMap<>();

  @Override
  protected boolean run(PrintWriter out) {
    DataEntry entry = given(() -> named(name));
    Origin origin = entry.origin().orElseThrow();
    Path folder = target.orElse(UserCache.folder().resolve(entry.name()));
    URI base = mirror.map(FetchCommand::withSlash).orElse(origin.base());
    require(
        String.valueOf(base.getScheme()).matches("https?") && base.getHost() != null,
        "--from is %s, expected an address such as https://example.org/data/".formatted(base));
    boolean terminal = Screen.isTerminal();
    out.printf(Locale.ROOT, "%s, about %d MB, from %s%n", entry.name(), origin.megabytes(), base);
    out.println(entry.terms());
    out.flush();
    try {
      new Fetch(base)
          .fetch(
              folder,
              origin.files(),
              (file, bytes, total) -> {
                if (terminal) {
                  show(file, bytes, total);
                }
              });
    } finally {
      bars.values().forEach(Bar::close);
    }
    origin.files().forEach(item -> out.println("fetched " + folder.resolve(item.name())));
    out.printf(Locale.ROOT, "now: engram run --data %s:%s%n", entry.name(), folder);
    return true;
  }

  private static URI withSlash(URI address) {
    return address.toString().endsWith("/") ? address : URI.create(address + "/");
  }

  private static List<DataEntry> fetchable() {
    return Datasets.TABLE.stream().filter(entry -> entry.origin().isPresent()).toList();
  }

  private static DataEntry named(String name) {
    return fetchable().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Choice.unknown(
                    "data set to fetch", name, fetchable().stream().map(DataEntry::name).toList()));
  }

  private void show(String file, long bytes, OptionalLong total) {
    bars.computeIfAbsent(file, name -> new Bar(name, total.orElse(0) / 1_000_000, "MB"))
        .at(bytes / 1_000_000, "");
  }
}
