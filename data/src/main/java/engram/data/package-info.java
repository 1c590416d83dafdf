/**
 * Data sets as bytes: a {@link engram.data.Dataset} is two {@link engram.data.ImageSet}s of the
 * same classes. {@link engram.data.Picture} is one picture of any size, {@link engram.data.Resize}
 * brings them to one size, {@link engram.data.ImageCache} keeps what was made, {@link
 * engram.data.TrackSplit} divides without parting the frames of a physical sign.
 */
package engram.data;
