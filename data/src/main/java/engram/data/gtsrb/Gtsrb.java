package engram.data.gtsrb;

import engram.base.Parallel;
import engram.data.DataException;
import engram.data.DataSource;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.LeftOut;
import engram.data.Picture;
import engram.data.Resize;
import engram.data.archive.Archive;
import engram.data.image.ImageFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The German Traffic Sign Recognition Benchmark (Stallkamp, Schlipsing, Salmen, Igel 2012: "Man vs.
 * computer"), from its zips or unpacked, resized to 32 x 32 or another size.
 *
 * <p>Training images are ordered by class, track and frame, test images by file name, so that the
 * same photographs come in the same order from every layout.
 */
public final class Gtsrb implements DataSource {

  /** Rows and columns of every image where nothing else is said. */
  public static final int SIDE = 32;

  private static final int CHANNELS = 3;

  /** Raise this when the same files would give other bytes, so that cached ones are made again. */
  private static final int VERSION = 1;

  /** Tracks are numbered with five digits within each class; this makes them unique over all. */
  private static final int TRACKS_PER_CLASS = 100_000;

  /** Above the tracks of all classes. */
  private static final int FIRST_TEST_TRACK = TRACKS_PER_CLASS * 100;

  /** {@code TTTTT_FFFFF.ppm}, or Kaggle's {@code CCCCC_TTTTT_FFFFF.png}. */
  private static final Pattern TRACK_AND_FRAME =
      Pattern.compile("(?:.*[/_])?(\\d{1,5})_(\\d{1,5})\\.\\w+");

  private final Sources sources;
  private final boolean cropToSign;
  private final int side;
  private final boolean skipBad;
  private final Consumer<String> notice;

  /** As below, 32 x 32, and every picture has to be whole. */
  public Gtsrb(Path path, boolean cropToSign) {
    this(path, cropToSign, SIDE, false, _ -> {});
  }

  /**
   * The data at a path; nothing but the list of files is read yet.
   *
   * @param path the folder that holds the official zips, or one zip with all in it, or an unpacked
   *     {@code GTSRB} folder or its parent, or Kaggle's folder
   * @param cropToSign whether to cut each picture to the sign's bounding box first
   * @param side rows and columns of every image
   * @param skipBad whether damaged pictures are left out, and counted in the description
   * @param notice takes lines for people on those that {@link #load} left out
   * @throws DataException if nothing is there
   */
  public Gtsrb(Path path, boolean cropToSign, int side, boolean skipBad, Consumer<String> notice) {
    this.sources = Sources.at(path);
    this.cropToSign = cropToSign;
    this.side = side;
    this.skipBad = skipBad;
    this.notice = notice;
  }

  @Override
  public String key() {
    return "gtsrb %d, crop %b, %s%s%s"
        .formatted(
            VERSION,
            cropToSign,
            sources.fingerprint(),
            side == SIDE ? "" : ", side " + side,
            skipBad ? ", without damaged pictures" : "");
  }

  /**
   * Reads and resizes all images. Test images have no known track, so each is its own.
   *
   * @param threads how many threads decode; the result does not depend on it
   * @throws DataException naming file and row or byte if something is missing or damaged
   */
  @Override
  public Dataset load(int threads) {
    List<Archive> archives = sources.open();
    try {
      Layout layout = Layout.find(sources, archives);
      List<Sample> test =
          Annotations.read(layout.test()).stream()
              .sorted(Comparator.comparing(sample -> sample.image().name()))
              .toList();
      LeftOut bad = new LeftOut();
      ImageSet training = trainingSet(layout, threads, bad);
      ImageSet testing = images(test, testTracks(test.size()), threads, bad);
      bad.tell(notice);
      return new Dataset(
          "GTSRB, "
              + sources.path()
              + (cropToSign ? ", cropped to the signs" : "")
              + (side == SIDE ? "" : ", resized to %d x %d".formatted(side, side))
              + bad.inDescription(),
          GtsrbClasses.NAMES,
          training,
          testing);
    } finally {
      archives.forEach(Archive::close);
    }
  }

  private ImageSet trainingSet(Layout layout, int threads, LeftOut bad) {
    record Frame(int track, int frame, Sample sample) {}
    List<Frame> frames = new ArrayList<>();
    for (Layout.Table table : layout.training()) {
      for (Sample sample : Annotations.read(table)) {
        Matcher name = TRACK_AND_FRAME.matcher(sample.image().name());
        if (!name.matches()) {
          throw DataException.damaged(
              sample.row(),
              "image %s, expected a name with track and frame such as 00007_00029.ppm"
                  .formatted(sample.image().name()));
        }
        int track = sample.label() * TRACKS_PER_CLASS + Integer.parseInt(name.group(1));
        frames.add(new Frame(track, Integer.parseInt(name.group(2)), sample));
      }
    }
    frames.sort(Comparator.comparingInt(Frame::track).thenComparingInt(Frame::frame));
    return images(
        frames.stream().map(Frame::sample).toList(),
        frames.stream().mapToInt(Frame::track).toArray(),
        threads,
        bad);
  }

  private static int[] testTracks(int count) {
    int[] tracks = new int[count];
    for (int i = 0; i < count; i++) {
      tracks[i] = FIRST_TEST_TRACK + i;
    }
    return tracks;
  }

  /**
   * Decodes pictures.
   *
   * @param bad takes those that are left out
   */
  private ImageSet images(List<Sample> samples, int[] tracks, int threads, LeftOut bad) {
    int bytes = side * side * CHANNELS;
    byte[] pixels = ImageSet.room(samples.size(), side, side, CHANNELS);
    boolean[] whole = new boolean[samples.size()];
    Parallel.forEach(
        samples.size(),
        threads,
        i -> {
          try {
            System.arraycopy(decode(samples.get(i)), 0, pixels, i * bytes, bytes);
            whole[i] = true;
          } catch (DataException e) {
            if (!skipBad) {
              throw e;
            }
            bad.add(samples.get(i).image().where(), e);
          }
        });
    int[] labels = samples.stream().mapToInt(Sample::label).toArray();
    ImageSet all = new ImageSet(side, side, CHANNELS, pixels, labels, tracks);
    return bad.count() == 0
        ? all
        : all.select(IntStream.range(0, whole.length).filter(i -> whole[i]).toArray());
  }

  private byte[] decode(Sample sample) {
    Archive.File file = sample.image();
    Picture picture = ImageFile.read(file.where(), file.read()).inColour();
    Resize.Box box = cropToSign ? sample.signIn(picture) : Resize.Box.all(picture);
    return Resize.resize(picture, box, side, side).pixels();
  }
}
