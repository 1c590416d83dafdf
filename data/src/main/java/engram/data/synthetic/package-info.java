/**
 * Generated traffic signs: a data set that needs no download, drawn from vector paths and filmed by
 * a small camera model.
 *
 * <p>From drawing to pixel: {@link engram.data.synthetic.SignCatalog} lists 43 {@link
 * engram.data.synthetic.Sign}s; {@link engram.data.synthetic.SignTexture} rasterises each once;
 * {@link engram.data.synthetic.Track} draws the fate of one physical sign (light, weather, place,
 * path of the camera); {@link engram.data.synthetic.FrameRenderer} films its frames; {@link
 * engram.data.synthetic.GeneratedSigns} puts them into a {@link engram.data.Dataset}. How hard the
 * result is stands in {@link engram.data.synthetic.Severity} and nowhere else.
 */
package engram.data.synthetic;
