package engram.bench.peers;

import engram.backend.Backend;
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
 * line each: {@code result}, work, name, rate, unit, separated by tabs. Thread waiting policy and
 * BLAS threads come from the environment, which must be set before the libraries are loaded: so
 * {@code engram bench --peers} starts one such process for each setting.
 */
public final class PeerMain {
  private static final double TURN = 0.5;

  private PeerMain() {}

  /**
   * Runs one setting.
   *
   * @param args batch size, threads, seconds for each contender
   */
  public static void main(String[] args) {
    int batch = Integer.parseInt(args[0]);
    int threads = Integer.parseInt(args[1]);
    double seconds = Double.parseDouble(args[2]);
    torch.set_num_threads(threads);
    try (Backend backend = Devices.open("vector", threads, System.err::println)) {
      time(networks(batch, backend), seconds);
      time(Products.of(backend), seconds / 5);
    }
    System.exit(0); // libraries leave threads behind
  }

  private static List<Contender> networks(int batch, Backend backend) {
    EngramNet engram = new EngramNet(batch, backend);
    TorchNet nchw = new TorchNet(batch, 43, MemoryFormat.Contiguous);
    TorchNet channelsLast = new TorchNet(batch, 43, MemoryFormat.ChannelsLast);
    requireLoss("engram", engram.train());
    requireLoss("libtorch nchw", nchw.train());
    requireLoss("libtorch channels-last", channelsLast.train());
    List<Contender> contenders = new ArrayList<>();
    contenders.add(images("engram", "training", batch, engram::train));
    contenders.add(images("libtorch nchw", "training", batch, nchw::train));
    contenders.add(images("libtorch channels-last", "training", batch, channelsLast::train));
    contenders.add(images("engram", "inference", batch, engram::infer));
    contenders.add(images("libtorch nchw", "inference", batch, nchw::infer));
    contenders.add(images("libtorch channels-last", "inference", batch, channelsLast::infer));
    return contenders;
  }

  /** A network of 43 classes that has not learnt starts near ln 43 = 3.8. */
  private static void requireLoss(String name, float loss) {
    if (!(loss > 3 && loss < 5)) {
      throw new IllegalStateException(
          name + ": the first loss is " + loss + ", expected about 3.8; this is another network");
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
        (contender, clock) ->
            System.out.printf(
                Locale.ROOT,
                "result\t%s\t%s\t%.3f\t%s%n",
                contender.work(),
                contender.name(),
                contender.perStep() / clock.secondHalf().median(),
                contender.unit()));
  }
}
