package engram.data.gtsrb;

import engram.data.DataException;
import engram.data.Picture;
import engram.data.Resize;
import engram.data.archive.Archive;

/**
 * One row of a table: a picture, what it shows, and where the sign is in it.
 *
 * @param row file and line of the row, for messages
 * @param image the picture
 * @param label class id, 0..42
 * @param width columns of the picture when the row was written
 * @param height rows of the picture when the row was written
 * @param sign the sign's bounding box in such a picture
 */
record Sample(String row, Archive.File image, int label, int width, int height, Resize.Box sign) {

  /**
   * The sign's box in {@code picture}, which may have been resized since the row was written.
   *
   * @throws DataException if the box leaves the picture or is empty
   */
  Resize.Box signIn(Picture picture) {
    boolean inside =
        sign.left() >= 0
            && sign.left() < sign.right()
            && sign.right() <= width
            && sign.top() >= 0
            && sign.top() < sign.bottom()
            && sign.bottom() <= height;
    if (!inside) {
      throw new DataException(
          row,
          "Roi is %.0f,%.0f to %.0f,%.0f, expected a box inside %d x %d"
              .formatted(sign.left(), sign.top(), sign.right(), sign.bottom(), width, height),
          Annotations.REMEDY);
    }
    return new Resize.Box(
        sign.left() * picture.width() / width,
        sign.top() * picture.height() / height,
        sign.right() * picture.width() / width,
        sign.bottom() * picture.height() / height);
  }
}
