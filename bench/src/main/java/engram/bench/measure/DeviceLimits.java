package engram.bench.measure;

import engram.backend.opencl.OpenClBackend;
import engram.inspect.Speed;

/** The limits of an OpenCL device, measured by kernels of its own. */
final class DeviceLimits implements Limits {
  private final OpenClBackend device;
  private double gigaflops;
  private double gigabytes;

  DeviceLimits(OpenClBackend device) {
    this.device = device;
  }

  @Override
  public double gigaflops() {
    gigaflops = Math.max(gigaflops, device.fmaPeak());
    return gigaflops;
  }

  @Override
  public Roof roof() {
    for (int i = 0; i < 5; i++) {
      gigaflops();
    }
    gigabytes = Math.max(gigabytes, Speed.stream(device, 0.5));
    return new Roof(gigaflops, gigabytes);
  }

  @Override
  public String of() {
    return "the device";
  }

  /** The device belongs to whoever opened it. */
  @Override
  public void close() {}
}
