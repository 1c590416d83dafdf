package engram.bench.track;

import engram.bench.record.Origin;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** What tests send to trackers. */
final class Samples {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  private static final Origin ORIGIN = new Origin(Optional.of("0123abcd"), Optional.of("box"));
  static final byte[] PAGE = "<!doctype html>".getBytes(StandardCharsets.UTF_8);

  private Samples() {}

  static TrackedRun run() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("buffer", 200);
    config.put("strategy", "er");
    return new TrackedRun("ab12cd34", "er_seed1", "run7", "er", START, ORIGIN, config);
  }

  /** {@code seconds} after the start of the run. */
  static Moment after(int epoch, long seconds) {
    return new Moment(epoch, START.plusSeconds(seconds));
  }

  static Picture picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB), "png", out);
    return Picture.of(out.toByteArray());
  }

  /** A whole small run. */
  static void send(Tracker.Opening opening) throws IOException {
    Tracker tracker = opening.begin(run());
    tracker.scalars(after(1, 10), Map.of("train/ce", 0.5));
    tracker.scalars(after(2, 20), Map.of("train/ce", 0.25));
    tracker.scalars(after(2, 21), Map.of("test/accuracy", 91.5));
    tracker.image(after(2, 22), "confusion", picture());
    tracker.report("report.html", PAGE);
    tracker.finish(Outcome.FINISHED);
  }
}
