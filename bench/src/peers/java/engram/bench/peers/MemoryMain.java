package engram.bench.peers;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * How much memory a process takes at most that does nothing but train: the highest resident set
 * that Linux saw, before there is a network and after five steps of it.
 *
 * <pre>
 * java JAVA_OPTIONS -cp "bench/target/engram.jar:bench/target/peers/classes:bench/target/peers/*"
 *     engram.bench.peers.MemoryMain engram|nchw|channels-last resnet18 32x32x3 10 sgd none 64 2 1
 * </pre>
 */
public final class MemoryMain {
  private static final int STEPS = 5;

  private MemoryMain() {}

  /**
   * Trains one contender.
   *
   * @param args which, then those of {@link PeerMain}
   */
  public static void main(String[] args) throws IOException {
    Setting setting = Setting.of(Arrays.copyOfRange(args, 1, args.length));
    torch.set_num_threads(setting.threads());
    double before = peak();
    MeasuredStep step = setting.step();
    switch (args[0]) {
      case "engram" -> {
        try (Backend backend = Devices.open("vector", setting.threads(), System.err::println)) {
          repeat(EngramNet.training(step, setting, backend)::run);
        }
      }
      case "nchw" -> repeat(new TorchNet(step.layers(), setting, MemoryFormat.Contiguous)::train);
      case "channels-last" ->
          repeat(new TorchNet(step.layers(), setting, MemoryFormat.ChannelsLast)::train);
      default -> throw new IllegalArgumentException("no contender " + args[0]);
    }
    System.out.printf(Locale.ROOT, "%s: %.0f MiB at most, %.0f before%n", args[0], peak(), before);
    System.exit(0); // libraries leave threads behind
  }

  private static void repeat(Runnable step) {
    for (int i = 0; i < STEPS; i++) {
      step.run();
    }
  }

  /** MiB. */
  private static double peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
