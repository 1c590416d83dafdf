package engram.bench.data;

import engram.base.UserCache;
import engram.bench.console.Bar;
import engram.bench.console.Screen;
import engram.bench.console.Subcommand;
import engram.data.gtsrb.Fetch;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram data fetch}: downloads GTSRB. */
@Command(
    name = "fetch",
    description = {
      "Downloads GTSRB (Stallkamp et al. 2012) from its authors' archive, about 370 MB. What was"
          + " interrupted goes on where it stopped; checksums are verified where they are"
          + " published.",
      ""
    },
    footer = {
      "  engram data fetch gtsrb",
      "  engram data fetch gtsrb --to data/gtsrb && engram run --data gtsrb:data/gtsrb"
    })
final class FetchCommand extends Subcommand {
  private enum Source {
    gtsrb
  }

  @Parameters(paramLabel = "NAME", description = "gtsrb")
  private Source source = Source.gtsrb;

  @Option(names = "--to", paramLabel = "DIR", description = "folder (the user's cache folder)")
  private Optional<Path> target = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "address of a mirror, ending in a slash")
  private URI base = Fetch.OFFICIAL;

  private final Map<String, Bar> bars = new HashMap<>();

  @Override
  protected boolean run(PrintWriter out) {
    Path folder = target.orElse(UserCache.folder().resolve(source.name()));
    boolean terminal = Screen.isTerminal();
    try {
      new Fetch(base)
          .fetch(
              folder,
              List.copyOf(Fetch.GTSRB),
              (file, bytes, total) -> {
                if (terminal) {
                  show(file, bytes, total);
                }
              });
    } finally {
      bars.values().forEach(Bar::close);
    }
    Fetch.GTSRB.forEach(item -> out.println("fetched " + folder.resolve(item.name())));
    out.printf(Locale.ROOT, "now: engram run --data gtsrb:%s%n", folder);
    return true;
  }

  private void show(String file, long bytes, OptionalLong total) {
    bars.computeIfAbsent(file, name -> new Bar(name, total.orElse(0) / 1_000_000, "MB"))
        .at(bytes / 1_000_000, "");
  }
}
