/**
 * Generated traffic signs: a data set that needs no download, drawn by {@code drawing} and filmed
 * here by a small camera model.
 *
 * <p>From drawing to pixel: {@code SignTexture} rasterises each {@link
 * engram.data.synthetic.drawing.Sign} once; {@code Track} draws the fate of one physical sign
 * (light, weather, place, path of the camera); {@code FrameRenderer} films its frames; {@link
 * engram.data.synthetic.GeneratedSigns} puts them into a {@link engram.data.Dataset}. How hard the
 * result is stands in {@code Severity} and nowhere else.
 */
package engram.data.synthetic;
