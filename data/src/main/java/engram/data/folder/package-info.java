/**
 * A data set of one's own: a folder, or a zip of it, with a folder of pictures for each class.
 *
 * <p>{@link engram.data.folder.ImageFolder} is the whole of it. {@code PictureTree} sorts what lies
 * there into pictures, strangers and folders; {@code ClassFolders} finds the classes and the two
 * sides, {@code ClassNames} their order; {@code TrackTable} tells which pictures show the same
 * object; {@code Decoding} unpacks and resizes.
 */
package engram.data.folder;
