package engram.bench.data;

import engram.base.UserCache;
import engram.base.WholeFile;
import engram.bench.console.Columns;
import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.ImageSet;
import engram.data.catalog.DataOptions;
import engram.data.catalog.Datasets;
import engram.data.inspect.ClassCounts;
import engram.data.inspect.ContactSheet;
import engram.data.inspect.PixelStatistics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram data inspect}: counts, statistics and a contact sheet. */
@Command(
    name = "inspect",
    description = {
      "Counts the images of each class, and their tracks where these are known; says their size and"
          + " the mean and deviation of each channel; draws a contact sheet with --sheet.",
      ""
    },
    footer = {
      "  engram data inspect mnist:PATH",
      "  engram data inspect gtsrb:PATH --sheet signs.png --per-class 16"
    })
final class InspectCommand extends Subcommand {
  private static final int MOST_PER_CLASS = 1000;

  @Parameters(
      arity = "0..1",
      paramLabel = "DATA",
      completionCandidates = DataForms.class,
      description = "synthetic (default), or one of ${COMPLETION-CANDIDATES}")
  private String data = "synthetic";

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "PNG picture to write, with images of each class; without it none is written")
  private Optional<Path> sheet = Optional.empty();

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "images of each class on the sheet (10)")
  private int perClass = 10;

  @Option(
      names = "--side",
      paramLabel = "N",
      description = "resize pictures to N x N (as the data set has them)")
  private int side;

  @Option(names = "--pad", paramLabel = "N", description = "then add N black pixels on each side")
  private int pad;

  @Option(names = "--crop", description = "cut GTSRB's photographs to the sign's bounding box")
  private boolean crop;

  @Option(names = "--skip-bad", description = "leave damaged pictures out and count them")
  private boolean skipBad;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    require(
        perClass >= 1 && perClass <= MOST_PER_CLASS,
        "--per-class is %d, expected 1 to %d".formatted(perClass, MOST_PER_CLASS));
    DataOptions options = given(() -> new DataOptions(side, pad, crop, skipBad));
    int threads = Runtime.getRuntime().availableProcessors();
    ImageCache cache = new ImageCache(UserCache.folder(), out::println);
    Dataset dataset = new Datasets(cache, threads, options).open(data);
    ImageSet images = dataset.train();
    PixelStatistics pixels = PixelStatistics.of(images);
    String head =
        String.format(
            Locale.ROOT,
            """
            %s
            %,d training images, %,d test images, %d x %d x %d, %d classes
            mean %s, deviation %s (of the training images, 0 to 1)
            """,
            dataset.description(),
            images.size(),
            dataset.test().size(),
            images.channels(),
            images.height(),
            images.width(),
            dataset.classes(),
            text(pixels.means()),
            text(pixels.deviations()));
    out.print(Lines.wrapped(head, 2));
    print(ClassCounts.of(dataset), out);
    if (sheet.isPresent()) {
      BufferedImage picture = given(() -> ContactSheet.draw(images, dataset.classes(), perClass));
      WholeFile.write(sheet.get(), file -> ImageIO.write(picture, "png", file));
      out.println("contact sheet " + sheet.get());
    } else {
      out.println("a picture of them:  --sheet FILE");
    }
    return true;
  }

  private static String text(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> String.format(Locale.ROOT, "%.4f", value))
        .collect(Collectors.joining(" "));
  }

  /** A line for each class; tracks only where they are known. */
  private static void print(ClassCounts counts, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("class  name", "train", "tracks", "test", "tracks"));
    for (ClassCounts.Row row : counts.rows()) {
      rows.add(
          List.of(
              "%5d  %s".formatted(row.label(), row.name()),
              String.valueOf(row.train()),
              String.valueOf(row.trainTracks()),
              String.valueOf(row.test()),
              String.valueOf(row.testTracks())));
    }
    out.print(
        Columns.figures(
            rows.stream()
                .map(
                    row ->
                        IntStream.range(0, row.size())
                            .filter(column -> column != 2 || counts.hasTrainTracks())
                            .filter(column -> column != 4 || counts.hasTestTracks())
                            .mapToObj(row::get)
                            .toList())
                .toList(),
            2));
  }
}
