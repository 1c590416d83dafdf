package engram.backend.opencl.device;

import engram.backend.Kernel;
import java.util.List;
import java.util.stream.Stream;

/** A kernel of this backend: one launch or several, one after the other. */
public interface DeviceKernel extends Kernel {

  /** Runs, waits, and returns the nanoseconds that the device was at work. */
  long runTimed();

  /** Several launches as one kernel. */
  static DeviceKernel sequence(DeviceKernel... parts) {
    return new DeviceKernel() {
      @Override
      public void run() {
        for (DeviceKernel part : parts) {
          part.run();
        }
      }

      @Override
      public long runTimed() {
        long nanos = 0;
        for (DeviceKernel part : parts) {
          nanos += part.runTimed();
        }
        return nanos;
      }

      @Override
      public List<Kernel> launches() {
        return Stream.of(parts).flatMap(part -> part.launches().stream()).toList();
      }
    };
  }
}
