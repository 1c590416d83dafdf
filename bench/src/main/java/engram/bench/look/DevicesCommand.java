package engram.bench.look;

import engram.backend.Backend;
import engram.backend.opencl.OpenClBackend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.bench.simd.SimdReport;
import engram.device.Devices;
import engram.inspect.Speed;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code engram devices}: what there is to compute on. */
@Command(
    name = "devices",
    description = {
      "Lists the devices that --device takes, with their limits and what they reach: a matrix"
          + " product of 1024 or more and a stream of 64 MiB or more through the engine's own"
          + " kernels.",
      ""
    },
    footer = {"  engram devices", "  engram devices --no-measure", "  engram devices --simd"})
public final class DevicesCommand extends Subcommand {
  private static final double SECONDS = 3;

  @Option(names = "--no-measure", description = "only list them")
  private boolean noMeasure;

  @Option(
      names = "--simd",
      description = "does this Java make vector instructions of our loops? Two seconds")
  private boolean simd;

  @Override
  protected boolean run(PrintWriter out) throws Exception {
    if (simd) {
      SimdReport report = SimdReport.measure();
      report.lines().forEach(line -> out.print(Lines.wrapped(line, 14)));
      return report.vectorises();
    }
    try (Backend vector = open("vector", threads(Optional.empty()), out)) {
      line(out, vector.name(), "processor, %s", vector.description());
      measure(out, vector);
    }
    List<OpenClDevice> devices;
    try {
      devices = OpenClDevices.list();
    } catch (OpenClException e) {
      out.print(Lines.wrapped(String.valueOf(e.getMessage()), 2));
      devices = List.of();
    }
    for (OpenClDevice device : devices) {
      line(out, device.address(), "%s", device);
      line(out, "", "platform %s, driver %s", device.platformName(), device.driver());
      line(
          out,
          "",
          "one allocation %.1f GiB, local memory %d KiB, work-group %d, vectors of %d floats",
          device.allocationBytes() / 0x1p30,
          device.localBytes() / 1024,
          device.workGroup(),
          device.vectorWidth());
      device.missing().ifPresent(lack -> line(out, "", "cannot be used: %s", lack));
      if (device.missing().isEmpty() && !noMeasure) {
        try (Backend backend = OpenClBackend.open(device, out::println)) {
          measure(out, backend);
        } catch (OpenClException e) {
          line(out, "", "%s", String.valueOf(e.getMessage()).replace("\n", "\n              "));
        }
      }
    }
    OpenClDevices.broken().forEach(line -> out.print(Lines.wrapped(line, 2)));
    out.println("--device auto takes " + Devices.autoName());
    return true;
  }

  private void measure(PrintWriter out, Backend backend) {
    if (!noMeasure) {
      Speed speed = Speed.measure(backend, SECONDS);
      line(out, "", "measured %.0f GFLOP/s, %.1f GB/s", speed.gigaflops(), speed.gigabytes());
    }
  }

  private static void line(PrintWriter out, String name, String format, Object... values) {
    String text = "%-12s  %s".formatted(name, String.format(Locale.ROOT, format, values));
    out.print(Lines.wrapped(text, 14));
    out.flush();
  }
}
