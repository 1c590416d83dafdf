/**
 * Picture files. {@link engram.data.image.ImageFile} tells by the first bytes what a file is and
 * reads it; {@code PpmReader}, {@code PngReader} and {@code JpegReader} read one format each.
 *
 * <p>Each reader takes the header first, so that size and channels are known, and refused if there
 * is anything to refuse, before a pixel is unpacked. Samples are taken as they are: no gamma, no
 * colour profile, no turning by EXIF.
 */
package engram.data.image;
