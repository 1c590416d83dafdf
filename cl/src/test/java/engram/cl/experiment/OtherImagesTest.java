package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.digits.GeneratedDigits;
import engram.data.folder.ImageFolder;
import engram.device.Devices;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing assumes 32 x 32 pixels in colour. */
@Timeout(300)
class OtherImagesTest {
  @TempDir private Path folder;

  /** Six images of each of four classes for training, two for testing: 1 x 28 x 28. */
  private static Dataset digits() {
    Dataset all = GeneratedDigits.generate(1, GeneratedDigits.Size.QUICK, 2);
    return new Dataset(
        "digits", all.classNames().subList(0, 4), first(all.train(), 6), first(all.test(), 2));
  }

  private static ImageSet first(ImageSet images, int ofClass) {
    int[] met = new int[10];
    return images.select(
        IntStream.range(0, images.size())
            .filter(i -> images.labels()[i] < 4 && met[images.labels()[i]]++ < ofClass)
            .toArray());
  }

  /** Ten pictures of each of four colours: 3 x 64 x 64. */
  private Dataset pictures() throws IOException {
    Random random = new Random(3);
    for (int label = 0; label < 4; label++) {
      Path of = Files.createDirectories(folder.resolve("pictures/colour " + label));
      for (int n = 0; n < 10; n++) {
        BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 64 * 64; p++) {
          picture.setRGB(p % 64, p / 64, random.nextInt(64) + (0xA0 << 8 * (label % 3)));
        }
        ImageIO.write(picture, "png", of.resolve(n + ".png").toFile());
      }
    }
    return new ImageFolder(folder.resolve("pictures"), 0, false, 1).load(2, line -> {});
  }

  private static List<StrategyRun> run(
      Dataset data, List<String> strategies, int threads, Map<String, float[]> parameters) {
    return run(
        data, "conv 4 5 stride 2, bn, relu, pool 2, flatten", strategies, threads, parameters);
  }

  private static List<StrategyRun> run(
      Dataset data,
      String network,
      List<String> strategies,
      int threads,
      Map<String, float[]> parameters) {
    Settings settings =
        Settings.of(
            Map.of(
                "strategies", String.join(",", strategies),
                "tasks", "2",
                "network", network,
                "epochs", "1",
                "batch", "8",
                "buffer", "6"),
            false);
    try (Backend backend = Devices.open("vector", threads, line -> {})) {
      return new Experiment(
              settings,
              data,
              backend,
              event -> {
                if (event instanceof RunEvent.TrainingEnded end) {
                  parameters.put(end.strategy(), end.network().parameters().snapshot());
                }
              })
          .run();
    }
  }

  private static void requireAll(Dataset data) {
    Map<String, float[]> parameters = new HashMap<>();
    List<StrategyRun> runs = run(data, Strategies.NAMES, 2, parameters);
    assertEquals(Strategies.NAMES, runs.stream().map(StrategyRun::strategy).toList());
    for (StrategyRun run : runs) {
      assertEquals(2, run.matrix().tasks(), run.strategy());
      for (float value : parameters.get(run.strategy())) {
        assertTrue(Float.isFinite(value), () -> run.strategy() + " ends with " + value);
      }
    }
  }

  @Test
  void allStrategiesLearnGreyImagesOf28() {
    Dataset data = digits();
    assertEquals(List.of(28, 28, 1), sizes(data));
    requireAll(data);
  }

  @Test
  void allStrategiesLearnPicturesOf64InAFolder() throws IOException {
    Dataset data = pictures();
    assertEquals(List.of(64, 64, 3), sizes(data));
    requireAll(data);
  }

  private static List<Integer> sizes(Dataset data) {
    return List.of(data.train().height(), data.train().width(), data.train().channels());
  }

  /** Every new kind of network gives the same bits at one and at two threads. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"mlp 33 3", "lenet", "resnet20", "resnet32", "resnet18-slim", "bn-deep"})
  void networksGiveTheSameBitsAtOneAndTwoThreads(String network) {
    Map<String, float[]> one = new HashMap<>();
    Map<String, float[]> two = new HashMap<>();
    run(digits(), network, List.of("er", "joint"), 1, one);
    run(digits(), network, List.of("er", "joint"), 2, two);
    assertArrayEquals(one.get("er"), two.get("er"));
    assertArrayEquals(one.get("joint"), two.get("joint"));
  }
}
