package engram.data.folder;

import engram.data.DataException;
import engram.data.DataSource;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.TrackSplit;
import engram.data.archive.Archive;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A data set of one's own: a folder of pictures for each class, in {@code train/} and {@code test/}
 * (or {@code val/}), or together, and then a fifth of each class is put aside as the test set. The
 * folder may be a zip.
 *
 * <p>Images are ordered by class and name. All are grey, if all files are, else all are in colour.
 * Where a side is given they are resized to it as whole pictures, width and height each by itself,
 * in {@link engram.data.Resize}'s arithmetic. A table {@code tracks.csv} with the columns {@code
 * Path} and {@code Track} keeps pictures of one object together when they are divided.
 */
public final class ImageFolder {

  /** Raise this when the same files would give other bytes, so that cached ones are made again. */
  private static final int VERSION = 1;

  /** Share of the tracks of each class that become the test set. */
  private static final double TEST_SHARE = 0.2;

  private final PictureTree tree;
  private final int side;
  private final boolean skipBad;
  private final long seed;

  /**
   * The pictures at a path; nothing but the list of files is read yet.
   *
   * @param path a folder, or a zip of one
   * @param side rows and columns of every image; 0 leaves them as they are, if all are alike
   * @param skipBad whether damaged pictures are left out and counted
   * @param seed which pictures become the test set, where they lie together
   * @throws DataException if nothing is there
   */
  public ImageFolder(Path path, int side, boolean skipBad, long seed) {
    if (side < 0) {
      throw new IllegalArgumentException("side is " + side + ", expected 0 or more");
    }
    this.tree = PictureTree.at(path);
    this.side = side;
    this.skipBad = skipBad;
    this.seed = seed;
  }

  /**
   * These pictures for a cache, which calls {@link #load} if it does not have them.
   *
   * @param notice takes lines for people: at once on what is passed over, so that they are seen
   *     whether or not the cache has the pictures; in {@code load} on damaged ones
   * @throws DataException naming the file or class if the classes are not as they should be
   */
  public DataSource telling(Consumer<String> notice) {
    try (Archive archive = tree.open()) {
      parts(archive, notice);
    }
    return new DataSource() {
      @Override
      public String key() {
        return ImageFolder.this.key();
      }

      @Override
      public Dataset load(int threads) {
        return ImageFolder.this.load(threads, _ -> {}, notice);
      }
    };
  }

  /** Changes whenever {@link #load} could give other images than before. */
  public String key() {
    // Folders are named, too: an empty one is a class without pictures, which is refused.
    return "folder %d, side %d, skip bad %b, seed %d, %s, %08x"
        .formatted(
            VERSION,
            side,
            skipBad,
            seed,
            tree.tree().fingerprint(),
            tree.tree().folders().hashCode());
  }

  /**
   * Reads all pictures.
   *
   * @param threads how many threads decode; the result does not depend on it
   * @param notice takes lines for people on what was passed over or left out
   * @throws DataException naming the file or class if something is missing or damaged
   */
  public Dataset load(int threads, Consumer<String> notice) {
    return load(threads, notice, notice);
  }

  private Dataset load(int threads, Consumer<String> onList, Consumer<String> onDamage) {
    String where = tree.path().toString();
    try (Archive archive = tree.open()) {
      Parts parts = parts(archive, onList);
      Decoding decoding = new Decoding(archive, side, skipBad, threads);
      List<ImageSet> sets = decoding.decode(parts.both());
      decoding.bad().tell(onDamage);
      String description =
          "pictures in "
              + where
              + (side == 0 ? "" : ", resized to %d x %d".formatted(side, side))
              + decoding.bad().inDescription();
      return new Dataset(description, parts.classNames(), sets.getFirst(), sets.getLast())
          .requireEveryClass(where);
    }
  }

  /** What is learnt from and what is measured on, before any picture is read. */
  private record Parts(List<String> classNames, List<Decoding.Part> both) {}

  private Parts parts(Archive archive, Consumer<String> notice) {
    String where = tree.path().toString();
    tree.notices(archive).forEach(notice);
    ClassFolders classes = ClassFolders.find(where, archive, notice);
    List<ClassFolders.Item> all =
        Stream.concat(classes.train().stream(), classes.test().stream()).toList();
    int[] tracks = TrackTable.tracks(archive, classes, all, notice);
    return new Parts(
        classes.names(),
        classes.isDivided()
            ? divided(classes, all, tracks, notice)
            : divide(where, classes, all, tracks));
  }

  /** As the owner of the pictures has divided them. */
  private static List<Decoding.Part> divided(
      ClassFolders classes, List<ClassFolders.Item> all, int[] tracks, Consumer<String> notice) {
    int trained = classes.train().size();
    Set<Integer> both = new HashSet<>(Arrays.stream(tracks, 0, trained).boxed().toList());
    both.retainAll(Arrays.stream(tracks, trained, tracks.length).boxed().toList());
    if (!both.isEmpty()) {
      notice.accept(
          "tracks with pictures in both parts: %,d, on which accuracy says little"
              .formatted(both.size()));
    }
    return List.of(
        part(all, tracks, IntStream.range(0, trained).toArray()),
        part(all, tracks, IntStream.range(trained, all.size()).toArray()));
  }

  private List<Decoding.Part> divide(
      String where, ClassFolders classes, List<ClassFolders.Item> all, int[] tracks) {
    int[] labels = all.stream().mapToInt(ClassFolders.Item::label).toArray();
    // Which goes where is settled without pixels, and so whatever picture is damaged.
    TrackSplit split =
        TrackSplit.of(new ImageSet(0, 0, 0, new byte[0], labels, tracks), TEST_SHARE, seed);
    boolean[] tested = new boolean[classes.names().size()];
    for (int i : split.heldOut()) {
      tested[labels[i]] = true;
    }
    for (int label = 0; label < tested.length; label++) {
      if (!tested[label]) {
        throw new DataException(
            where,
            "class \"%s\" has pictures of one object only, so none are left to measure on"
                .formatted(classes.names().get(label)),
            "Each class needs two pictures at least, of two tracks if there is a tracks.csv");
      }
    }
    return List.of(part(all, tracks, split.kept()), part(all, tracks, split.heldOut()));
  }

  private static Decoding.Part part(List<ClassFolders.Item> all, int[] tracks, int[] chosen) {
    return new Decoding.Part(
        Arrays.stream(chosen).mapToObj(all::get).toList(),
        Arrays.stream(chosen).map(i -> tracks[i]).toArray());
  }
}
