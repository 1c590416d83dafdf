package engram.data.gtsrb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.RealData;
import engram.data.inspect.ClassCounts;
import org.junit.jupiter.api.Test;

/** The photographs themselves, where this machine has them. */
class RealGtsrbTest {

  @Test
  void everyClassHasTracksOfThirtyFramesAndTestImages() {
    Dataset data = new Gtsrb(RealData.folder("gtsrb"), false).load(2);
    assertEquals(43, data.classes());
    for (ClassCounts.Row row : ClassCounts.of(data).rows()) {
      assertTrue(row.train() >= 100, row.toString());
      assertEquals(row.trainTracks(), Math.ceilDiv(row.train(), 30), row.toString());
      assertTrue(row.test() >= 30, row.toString());
    }
    double mean = mean(data.train().pixels());
    assertTrue(mean > 60 && mean < 110, "mean grey of the photographs is " + mean);
  }

  private static double mean(byte[] pixels) {
    long sum = 0;
    for (byte pixel : pixels) {
      sum += pixel & 255;
    }
    return (double) sum / pixels.length;
  }
}
