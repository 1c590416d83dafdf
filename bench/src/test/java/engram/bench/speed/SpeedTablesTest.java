package engram.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.measure.Machine;
import engram.bench.measure.Roof;
import engram.bench.suite.Measurement;
import engram.op.Cost;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTablesTest {
  private static final Machine MACHINE = new Machine("a processor", "25", "float32 x 8, 256 bit");

  /** 2 GFLOP and 1 MB in 20 ms: 100 GFLOP/s of 200. */
  private static final Measurement DENSE =
      measurement("conv2d/net-0", true, 0.020, new Cost(2_000_000_000L, 1_000_000), roof(200, 20));

  /** No arithmetic and 10 MB in 1 ms: 10 GB/s of 20. */
  private static final Measurement COPY =
      measurement("assign/0", false, 0.001, new Cost(0, 10_000_000), roof(200, 20));

  private static final Measurement WITHOUT_LIMITS =
      measurement("matmul/0", false, 64e-9, new Cost(2, 12), roof(0, 0));

  @Test
  void csvHasOneRowAMeasurementBelowTheMachine() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SpeedTables.writeCsv(MACHINE, List.of(DENSE, COPY, WITHOUT_LIMITS), out);
    assertEquals(
        """
        # machine   a processor
        # JDK       25
        # species   float32 x 8, 256 bit
        name,device,threads,forks,iterations,median_us,fastest_us,slowest_us,gflop_per_s,gb_per_s,\
        bound,percent_of_peak,fma_peak_gflop_per_s,copy_peak_gb_per_s,allocated_bytes,case
        conv2d/net-0,vector,2,2,6,20000.0000,18000.0000,24000.0000,100.000,0.050,\
        fma,50.00,200.0,20.0,24,"a, b"
        assign/0,vector,2,2,6,1000.0000,900.0000,1200.0000,0.000,10.000,\
        memory,50.00,200.0,20.0,24,"a, b"
        matmul/0,vector,2,2,6,0.0640,0.0576,0.0768,0.031,0.188,,,,,24,"a, b"
        """,
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void eachProcessHasALineWithItsOwnMedian() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SpeedTables.forks(List.of(DENSE)).writeTo(out);
    assertEquals(
        """
        name,device,threads,fork,iterations,median_us
        conv2d/net-0,vector,2,1,3,20000.0000
        conv2d/net-0,vector,2,2,3,22000.0000
        """,
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void processesOfOneRowAreOneMeasurementUnderTheHigherLimits() {
    Measurement faster = measurement("conv2d/net-0", true, 0.01, DENSE.cost(), roof(100, 30));
    Measurement both = DENSE.and(faster);
    assertEquals(4, both.times().forks().size());
    assertEquals(12, both.times().iterations());
    assertEquals(roof(200, 30), both.roof());
  }

  @Test
  void markdownSaysWhichLimitBinds() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SpeedTables.writeMarkdown(MACHINE, List.of(DENSE, COPY, WITHOUT_LIMITS), out);
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("- machine: a processor\n- JDK: 25\n"), text);
    assertTrue(
        text.endsWith(
            """
            | conv2d/net-0 | vector | 2 | 20.00 ms | 100.0 | 0.1 | 50.0 % fma | a, b |
            | assign/0 | vector | 2 | 1.00 ms | 0.0 | 10.0 | 50.0 % memory | a, b |
            | matmul/0 | vector | 2 | 64.0 ns | 0.0 | 0.2 | - | a, b |
            """),
        text);
  }

  @Test
  void rooflineIsDrawnFromWorkWithArithmeticAndKnownLimits() {
    assertFalse(RooflineChart.canDraw(List.of(COPY, WITHOUT_LIMITS)));
    assertTrue(RooflineChart.canDraw(List.of(DENSE, COPY)));
    BufferedImage picture = RooflineChart.draw(List.of(DENSE, COPY, WITHOUT_LIMITS));
    assertEquals(2200, picture.getWidth());
    assertTrue(colors(picture) > 2, "nothing was drawn");
  }

  @Test
  void limitLineHoldsRateAgainstThePeak() {
    assertEquals(
        "FMA peak 200.0 GFLOP/s on 2 threads: dense limit 4000 images/s at 50.0 MFLOP an image,"
            + " 75.0 % reached",
        StepSpeed.limit(200, "2 threads", 3000, 50_000_000));
  }

  private static long colors(BufferedImage picture) {
    return java.util.Arrays.stream(
            picture.getRGB(
                0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
        .distinct()
        .count();
  }

  private static Roof roof(double gigaflops, double gigabytes) {
    return new Roof(gigaflops, gigabytes);
  }

  private static Measurement measurement(
      String name, boolean large, double seconds, Cost cost, Roof roof) {
    return new Measurement(
        name,
        "a, b",
        large,
        "vector",
        2,
        new Measurement.Times(
            List.of(
                List.of(seconds, 0.9 * seconds, seconds),
                List.of(1.2 * seconds, 1.1 * seconds, 0.99 * seconds))),
        cost,
        24.4,
        roof);
  }
}
