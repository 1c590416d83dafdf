package engram.data.folder;

import engram.base.Parallel;
import engram.data.DataException;
import engram.data.ImageSet;
import engram.data.LeftOut;
import engram.data.Picture;
import engram.data.Resize;
import engram.data.archive.Archive;
import engram.data.image.ImageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Unpacks pictures into image sets of one size, all grey or all in colour. */
final class Decoding {

  /** Most rows and columns that a picture keeps where no side is given. */
  private static final int MAX_SIDE = 1024;

  private final Archive archive;
  private final int side;
  private final boolean skipBad;
  private final int threads;
  private final LeftOut bad = new LeftOut();

  /**
   * Nothing is read yet.
   *
   * @param side rows and columns of every image; 0 leaves them as they are
   * @param skipBad whether damaged pictures are left out
   */
  Decoding(Archive archive, int side, boolean skipBad, int threads) {
    this.archive = archive;
    this.side = side;
    this.skipBad = skipBad;
    this.threads = threads;
  }

  /** Pictures of one part, and the track of each. */
  record Part(List<ClassFolders.Item> items, int[] tracks) {}

  /** What all images are like; {@code name} is the picture that has it. */
  private record Form(String name, int width, int height, int channels) {}

  /** Pictures that were left out. */
  LeftOut bad() {
    return bad;
  }

  /**
   * An image set of each part, of one form over all.
   *
   * @throws DataException naming the first picture that is damaged, if those are not left out; if
   *     sizes differ and no side is given
   */
  List<ImageSet> decode(List<Part> parts) {
    Form first = first(parts.stream().flatMap(part -> part.items.stream()));
    if (side == 0 && Math.max(first.width, first.height) > MAX_SIDE) {
      throw new DataException(
          first.name,
          "the picture is %d x %d, too large for a network as it is"
              .formatted(first.width, first.height),
          "Write  --side 64  to resize all pictures");
    }
    return decode(parts, first)
        .or(() -> decode(parts, new Form(first.name, first.width, first.height, 3)))
        .orElseThrow();
  }

  private Form first(Stream<ClassFolders.Item> items) {
    for (ClassFolders.Item item : (Iterable<ClassFolders.Item>) items::iterator) {
      // All of it is read: a damaged picture is no measure for the others.
      Optional<Picture> whole = whole(item);
      if (whole.isPresent()) {
        Picture picture = whole.get();
        return new Form(
            archive.where(item.name()), picture.width(), picture.height(), picture.channels());
      }
    }
    throw new DataException(
        archive.where(bad.firstName()),
        "no picture can be read, neither this one nor any other",
        bad.firstReason());
  }

  /** All parts, or none if they were to be grey and a picture in colour was met. */
  private Optional<List<ImageSet>> decode(List<Part> parts, Form form) {
    List<ImageSet> sets = new ArrayList<>();
    for (Part part : parts) {
      Optional<ImageSet> set = decode(part, form);
      if (set.isEmpty()) {
        return Optional.empty();
      }
      sets.add(set.get());
    }
    return Optional.of(sets);
  }

  private Optional<ImageSet> decode(Part part, Form form) {
    int count = part.items.size();
    int height = side == 0 ? form.height : side;
    int width = side == 0 ? form.width : side;
    int bytes = height * width * form.channels;
    byte[] pixels = ImageSet.room(count, height, width, form.channels);
    boolean[] whole = new boolean[count];
    AtomicBoolean colourMet = new AtomicBoolean();
    Parallel.forEach(
        count,
        threads,
        i -> {
          if (colourMet.get()) {
            return;
          }
          ClassFolders.Item item = part.items.get(i);
          Optional<Picture> picture = decode(item, form);
          if (picture.isPresent()) {
            Picture found = picture.get();
            if (found.channels() > form.channels) {
              colourMet.set(true);
              return;
            }
            byte[] from = form.channels == 3 ? found.inColour().pixels() : found.pixels();
            System.arraycopy(from, 0, pixels, i * bytes, bytes);
            whole[i] = true;
          }
        });
    if (colourMet.get()) {
      return Optional.empty();
    }
    int[] labels = part.items.stream().mapToInt(ClassFolders.Item::label).toArray();
    ImageSet all = new ImageSet(height, width, form.channels, pixels, labels, part.tracks);
    int[] kept = IntStream.range(0, count).filter(i -> whole[i]).toArray();
    return Optional.of(kept.length == count ? all : all.select(kept));
  }

  private Optional<Picture> decode(ClassFolders.Item item, Form form) {
    Optional<Picture> whole = whole(item);
    if (side > 0) {
      return whole.map(picture -> Resize.resize(picture, Resize.Box.all(picture), side, side));
    }
    whole
        .filter(picture -> picture.width() != form.width || picture.height() != form.height)
        .ifPresent(
            picture -> {
              throw new DataException(
                  archive.where(item.name()),
                  "the picture is %d x %d, but %s is %d x %d"
                      .formatted(
                          picture.width(), picture.height(), form.name, form.width, form.height),
                  "Write  --side 64  to resize all pictures to 64 x 64");
            });
    return whole;
  }

  private Optional<Picture> whole(ClassFolders.Item item) {
    return attempt(
        item, () -> ImageFile.read(archive.where(item.name()), archive.read(item.name())));
  }

  /** What {@code reading} gives, or nothing if that fails and such pictures are left out. */
  private <T> Optional<T> attempt(ClassFolders.Item item, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (DataException e) {
      if (!skipBad) {
        throw e;
      }
      bad.add(item.name(), e);
      return Optional.empty();
    }
  }
}
