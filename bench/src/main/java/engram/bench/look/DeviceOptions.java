package engram.bench.look;

import engram.backend.Backend;
import engram.bench.console.Usage;
import engram.device.Devices;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a command computes. */
final class DeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, vector, plain, reference, opencl, opencl:PLATFORM.DEVICE (auto)")
  private String device = "auto";

  @Option(names = "--threads", paramLabel = "N", description = "threads (all processors)")
  private Optional<Integer> threads = Optional.empty();

  /** Opens the device; a name that there is not is wrong usage. */
  Backend open(CommandSpec spec, Consumer<String> notice) {
    return Usage.of(spec, () -> Devices.open(device, threads(), notice));
  }

  /** Threads that compute; the reference device always uses one. */
  int threads() {
    return device.equals("reference")
        ? 1
        : threads.orElseGet(() -> Math.min(64, Runtime.getRuntime().availableProcessors()));
  }
}
