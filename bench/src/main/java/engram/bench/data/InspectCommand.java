package engram.bench.data;

import engram.base.UserCache;
import engram.base.WholeFile;
import engram.bench.console.Subcommand;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.ImageSet;
import engram.data.catalog.Datasets;
import engram.data.inspect.ClassCounts;
import engram.data.inspect.ContactSheet;
import engram.data.synthetic.GeneratedSigns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram data inspect}: counts and a contact sheet. */
@Command(
    name = "inspect",
    description = {
      "Counts images and tracks of each class, and draws a contact sheet with images of each.",
      ""
    },
    footer = {
      "  engram data inspect",
      "  engram data inspect gtsrb:PATH --sheet signs.png --per-class 16"
    })
final class InspectCommand extends Subcommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "DATA",
      description = "synthetic (default) or gtsrb:PATH")
  private String data = "synthetic";

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "picture to write (contact-sheet.png)")
  private Path sheet = Path.of("contact-sheet.png");

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "images of each class on the sheet (10)")
  private int perClass = 10;

  @Option(names = "--crop", description = "cut photographs to the sign's bounding box")
  private boolean crop;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    require(perClass >= 1, "--per-class is " + perClass + ", expected 1 or more");
    int threads = Runtime.getRuntime().availableProcessors();
    ImageCache cache = new ImageCache(UserCache.folder(), out::println);
    Dataset dataset = new Datasets(cache, GeneratedSigns.Size.FULL, 1, crop, threads).open(data);
    out.println(dataset.description());
    String format = "%5s  %-40s  %8s  %8s  %8s  %8s%n";
    out.printf(format, "class", "name", "train", "tracks", "test", "tracks");
    for (ClassCounts.Row row : ClassCounts.of(dataset).rows()) {
      out.printf(
          format,
          row.label(),
          row.name(),
          row.train(),
          row.trainTracks(),
          row.test(),
          row.testTracks());
    }
    out.printf(format, "", "all", dataset.train().size(), "", dataset.test().size(), "");
    ImageSet images = dataset.train();
    WholeFile.write(sheet, file -> ContactSheet.write(file, images, dataset.classes(), perClass));
    out.println("contact sheet " + sheet);
    return true;
  }
}
