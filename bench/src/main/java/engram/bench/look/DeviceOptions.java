package engram.bench.look;

import engram.bench.console.Subcommand;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command computes. */
final class DeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "auto, vector, plain, reference, opencl, opencl:PLATFORM.DEVICE (auto)")
  private String device = "auto";

  @Option(names = "--threads", paramLabel = "N", description = "threads (all processors)")
  private Optional<Integer> threads = Optional.empty();

  String name() {
    return device;
  }

  /** Threads that compute; the reference device always uses one. */
  int threads() {
    return device.equals("reference") ? 1 : Subcommand.threads(threads);
  }
}
