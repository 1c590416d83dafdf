package engram.learn.device;

import engram.learn.api.OpenClC;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import java.time.Duration;
import java.util.List;

/** Kernels in OpenCL C. */
public final class DeviceChapter {
  /** The first kernel of a machine waits for its compiler. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private DeviceChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "10",
          "OpenCL C",
          "kernels/COURSE.md",
          List.of(
              Exercise.of(
                      "KernelRelu",
                      "one work-item, one element",
                      OpenClC.Elementwise.class,
                      KernelChecks::elementwise)
                  .within(LIMIT),
              Exercise.of(
                      "KernelProduct",
                      "tiles in local memory",
                      OpenClC.Product.class,
                      KernelChecks::product)
                  .within(LIMIT),
              Exercise.of(
                      "KernelTotal",
                      "a sum by a whole group",
                      OpenClC.Reduction.class,
                      KernelChecks::reduction)
                  .within(LIMIT)));

  /** Whether there is a device to run kernels on; if not, no exercise of this chapter is done. */
  public static boolean hasDevice() {
    return KernelChecks.isThere();
  }
}
