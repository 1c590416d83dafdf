package engram.bench.peers;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.bench.measure.StepClock;
import engram.device.Devices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Times the contenders of one setting in this process, in turns of half a second, and prints one
 * line each: {@code result}, work, name, rate, unit, and the milliseconds that 50 and 99 of 100
 * steps take at most, separated by tabs. Thread waiting policy and BLAS threads come from the
 * environment, which must be set before the libraries are loaded: so {@code engram bench --peers}
 * starts one such process for each setting.
 */
public final class PeerMain {
  private static final double TURN = 0.5;

  private PeerMain() {}

  /**
   * Runs one setting.
   *
   * @param args network, input (32x32x3), classes, adam or sgd, products or none, batch size,
   *     threads, seconds for each contender
   */
  public static void main(String[] args) {
    Setting setting = Setting.of(args);
    torch.set_num_threads(setting.threads());
    try (Backend backend = Devices.open("vector", setting.threads(), System.err::println)) {
      time(networks(setting, backend), setting.seconds());
      if (setting.products()) {
        time(Products.of(backend), setting.seconds() / 5);
      }
    }
    System.exit(0); // libraries leave threads behind
  }

  private static List<Contender> networks(Setting setting, Backend backend) {
    MeasuredStep step = setting.step();
    int batch = setting.batch();
    EngramNet engram = new EngramNet(step, setting, backend);
    TorchNet nchw = new TorchNet(step.layers(), setting, MemoryFormat.Contiguous);
    TorchNet channelsLast = new TorchNet(step.layers(), setting, MemoryFormat.ChannelsLast);
    double guess = Math.log(setting.classes());
    requireLoss("engram", engram.train(), guess);
    requireLoss("libtorch nchw", nchw.train(), guess);
    requireLoss("libtorch channels-last", channelsLast.train(), guess);
    List<Contender> contenders = new ArrayList<>();
    contenders.add(images("engram", "training", batch, engram::train));
    contenders.add(images("libtorch nchw", "training", batch, nchw::train));
    contenders.add(images("libtorch channels-last", "training", batch, channelsLast::train));
    contenders.add(images("engram", "inference", batch, engram::infer));
    contenders.add(images("libtorch nchw", "inference", batch, nchw::infer));
    contenders.add(images("libtorch channels-last", "inference", batch, channelsLast::infer));
    return contenders;
  }

  /** A network of K classes that has not learnt starts near ln K, 3.8 for 43. */
  private static void requireLoss(String name, float loss, double guess) {
    if (!(loss > 0.5 * guess && loss < 3 * guess)) {
      throw new IllegalStateException(
          "%s: the first loss is %.3g, expected about %.3g".formatted(name, loss, guess));
    }
  }

  private interface Read {
    float run();
  }

  private static Contender images(String name, String work, int batch, Read step) {
    return new Contender(name, work, batch, "images/s", step::run);
  }

  private static void time(List<Contender> contenders, double seconds) {
    Map<Contender, StepClock> clocks = new LinkedHashMap<>();
    contenders.forEach(contender -> clocks.put(contender, new StepClock()));
    for (double passed = 0; passed < seconds; passed += TURN) {
      clocks.forEach((contender, clock) -> clock.run(contender.step(), Math.min(TURN, seconds)));
    }
    clocks.forEach(
        (contender, clock) -> {
          StepClock.Times times = clock.secondHalf();
          System.out.printf(
              Locale.ROOT,
              "result\t%s\t%s\t%.3f\t%s\t%.4f\t%.4f%n",
              contender.work(),
              contender.name(),
              contender.perStep() / times.median(),
              contender.unit(),
              1e3 * times.median(),
              1e3 * times.rare());
        });
  }
}
