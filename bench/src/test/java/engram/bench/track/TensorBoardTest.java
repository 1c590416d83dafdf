package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
  @TempDir Path temp;

  private List<Wire> events() throws IOException {
    return Decoders.events(Decoders.only(temp, "tfevents"));
  }

  private static Wire value(Wire event) {
    return event.message(5).message(1);
  }

  @Test
  void theFirstEventTellsTheVersion() throws IOException {
    Samples.send(run -> new TensorBoard(temp, run));
    assertEquals("brain.Event:2", events().getFirst().text(3));
    assertEquals(1772600767.0, events().getFirst().one(1));
    assertTrue(Decoders.only(temp, "tfevents").getParent().endsWith("er_seed1"));
  }

  @Test
  void scalarsHaveTagStepAndTime() throws IOException {
    Samples.send(run -> new TensorBoard(temp, run));
    Wire second = events().get(4);
    assertEquals("train/ce", value(second).text(1));
    assertEquals(0.25f, value(second).one(2));
    assertEquals(2, second.integer(2));
    assertEquals(1772600787.0, second.one(1));
  }

  @Test
  void scalarsOfOneMomentShareAnEvent() throws IOException {
    TensorBoard tracker = new TensorBoard(temp, Samples.run());
    tracker.scalars(Samples.after(1, 1), Map.of("a", 1.0, "b", Double.NaN));
    assertEquals(2, events().get(3).message(5).messages(1).size());
  }

  @Test
  void picturesArePng() throws IOException {
    Samples.send(run -> new TensorBoard(temp, run));
    Wire value = value(events().get(6));
    assertEquals("confusion", value.text(1));
    Wire image = value.message(4);
    assertEquals(3, image.integer(1));
    assertEquals(5, image.integer(2));
    byte[] png = (byte[]) image.one(4);
    assertEquals(5, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
  }

  /** The plugin "hparams" keeps all in its metadata: a map from names to typed values. */
  @Test
  void settingsAreHyperParametersAndTheEndHasAStatus() throws IOException {
    Samples.send(run -> new TensorBoard(temp, run));
    Wire start = value(events().get(2));
    assertEquals("_hparams_/session_start_info", start.text(1));
    assertEquals("hparams", start.message(9).message(1).text(1));
    List<Wire> hparams = start.message(9).message(1).message(2).message(3).messages(1);
    assertEquals("buffer", hparams.getFirst().text(1));
    assertEquals(200.0, hparams.getFirst().message(2).one(2));
    assertEquals("er", hparams.getLast().message(2).text(3));
    Wire end = value(events().getLast());
    assertEquals("_hparams_/session_end_info", end.text(1));
    assertEquals(1, end.message(9).message(1).message(2).message(4).integer(1), "success");
  }

  @Test
  void configIsAText() throws IOException {
    Samples.send(run -> new TensorBoard(temp, run));
    Wire value = value(events().get(1));
    assertEquals("text", value.message(9).message(1).text(1));
    assertEquals(7, value.message(8).integer(1));
    assertTrue(value.message(8).text(8).contains("| buffer | 200 |"));
  }
}
