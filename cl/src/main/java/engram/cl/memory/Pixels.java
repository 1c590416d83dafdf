package engram.cl.memory;

import engram.base.Parallel;
import engram.cl.state.State;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import engram.data.compress.ImageCodec;
import java.util.Arrays;
import java.util.Optional;

/**
 * Pixels of the images of a memory, slot by slot: as they are, or in fewer bytes each, by an {@link
 * ImageCodec}. Of an image in fewer bytes the code is what is kept, counted and told to a snapshot.
 * Beside it stands the image that it decodes to, so that a step decodes nothing; it holds nothing
 * that the code does not.
 */
final class Pixels {
  /** Images that one codec codes one after the other. */
  private static final int TOGETHER = 64;

  private final int imageBytes;
  private final int keptBytes;
  private Optional<ImageCodec> made = Optional.empty();
  private byte[] codes = {};
  private byte[] seen = {};

  /**
   * No images yet.
   *
   * @param imageBytes bytes of an image: height x width x channels
   * @param keptBytes bytes that an image is kept in: as many, or fewer
   */
  Pixels(int imageBytes, int keptBytes) {
    this.imageBytes = imageBytes;
    this.keptBytes = keptBytes;
  }

  /** Bytes that so many images are kept in. */
  long bytes(int images) {
    return (long) images * keptBytes;
  }

  /** Images as they are seen, at {@link #offset}; not to be changed. */
  byte[] seen() {
    return seen;
  }

  /** Where the image in a slot starts in {@link #seen}. */
  int offset(int slot) {
    return slot * imageBytes;
  }

  /** Makes room for so many images. */
  void resize(int slots) {
    seen = Arrays.copyOf(seen, Math.multiplyExact(slots, imageBytes));
    if (isCoded()) {
      codes = Arrays.copyOf(codes, slots * keptBytes);
    }
  }

  /** Keeps example {@code i} in a slot. */
  void put(int slot, Examples examples, int i) {
    examples.copy(i, seen, offset(slot));
    if (isCoded()) {
      code(codec(examples.images()), seen, offset(slot), codes, slot * keptBytes);
    }
  }

  /** Codes an image, and leaves in its place what the code decodes to. */
  private static void code(ImageCodec codec, byte[] image, int from, byte[] code, int to) {
    codec.encode(image, from, code, to);
    codec.decode(code, to, image, from);
  }

  /** The same examples as they would be seen here, each through the code if there is one. */
  Examples asSeen(Examples examples) {
    if (!isCoded() || examples.size() == 0) {
      return examples;
    }
    ImageSet like = examples.images();
    byte[] all = new byte[Math.multiplyExact(examples.size(), imageBytes)];
    Parallel.forEach(
        Math.ceilDiv(examples.size(), TOGETHER),
        Runtime.getRuntime().availableProcessors(),
        group -> {
          ImageCodec codec = newCodec(like);
          byte[] code = new byte[keptBytes];
          int end = Math.min(examples.size(), (group + 1) * TOGETHER);
          for (int i = group * TOGETHER; i < end; i++) {
            examples.copy(i, all, i * imageBytes);
            code(codec, all, i * imageBytes, code, 0);
          }
        });
    int[] labels = examples.labels().toArray();
    return Examples.of(
        new ImageSet(
            like.height(), like.width(), like.channels(), all, labels, new int[labels.length]));
  }

  /** Copies what is in one slot into another. */
  void move(int from, int to) {
    System.arraycopy(seen, offset(from), seen, offset(to), imageBytes);
    if (isCoded()) {
      System.arraycopy(codes, from * keptBytes, codes, to * keptBytes, keptBytes);
    }
  }

  /**
   * Tells the images in the first {@code slots}.
   *
   * @param like images of their size; there when there is an image
   */
  void state(State state, int slots, Optional<ImageSet> like) {
    if (!isCoded()) {
      seen = state.bytes("pixels", Arrays.copyOf(seen, slots * imageBytes));
      return;
    }
    byte[] before = Arrays.copyOf(codes, slots * keptBytes);
    codes = state.bytes("codes", before);
    int images = codes.length / keptBytes;
    seen = Arrays.copyOf(seen, images * imageBytes);
    if (!Arrays.equals(codes, before)) {
      ImageCodec codec = codec(like.orElseThrow());
      for (int slot = 0; slot < images; slot++) {
        codec.decode(codes, slot * keptBytes, seen, offset(slot));
      }
    }
  }

  private boolean isCoded() {
    return keptBytes < imageBytes;
  }

  private ImageCodec codec(ImageSet like) {
    made = made.or(() -> Optional.of(newCodec(like)));
    return made.orElseThrow();
  }

  private ImageCodec newCodec(ImageSet like) {
    return new ImageCodec(like.height(), like.width(), like.channels(), keptBytes);
  }
}
