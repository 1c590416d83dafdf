package engram.bench.suite;

import engram.bench.measure.MeasuredStep;
import engram.device.Devices;
import engram.graph.Node;
import engram.op.Cost;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One benchmark that is still to run.
 *
 * @param name of the measurement
 * @param detail attributes and shapes
 * @param large whether it has a size at which speed matters
 * @param device where it runs
 * @param benchmark class whose {@code method} JMH runs
 * @param params of the class; where there are none, it computes on one thread of Java
 * @param cost what one run asks of the machine
 */
public record Job(
    String name,
    String detail,
    boolean large,
    String device,
    Class<?> benchmark,
    String method,
    Map<String, String> params,
    Supplier<Cost> cost) {

  static Job op(BenchCase c, String device) {
    return new Job(
        c.id(),
        c.opCase().toString(),
        c.isLarge(),
        device,
        OpBenchmark.class,
        "op",
        Map.of("id", c.id(), "device", device),
        () -> c.opCase().op().cost(c.opCase().inputs()));
  }

  /** A case on each of these devices, the reference among them. */
  public static List<Job> onDevices(BenchCase c, List<String> devices) {
    return devices.stream().map(device -> op(c, device)).toList();
  }

  private static Job step(int batch, String device) {
    return new Job(
        "training step/" + batch,
        "reference network, Adam, loss read every step; dense arithmetic",
        true,
        device,
        StepBenchmark.class,
        "step",
        Map.of("batch", String.valueOf(batch), "device", device),
        () -> stepCost(batch));
  }

  /** Batches of pictures, bytes to floats. */
  static Job fillBatch() {
    return loading("fillBatch", "64 pictures, bytes to floats", LoadingBenchmark.FILL_COST);
  }

  private static Job loading(String method, String detail, Cost cost) {
    return new Job(
        "loading/" + method,
        detail,
        false,
        "java",
        LoadingBenchmark.class,
        method,
        Map.of(),
        () -> cost);
  }

  /** All jobs: every case on every device, the training step, loading. */
  public static List<Job> all(List<String> devices) {
    List<Job> jobs = new ArrayList<>(ops(BenchCases.all(), devices));
    devices.forEach(device -> jobs.add(step(64, device)));
    jobs.add(fillBatch());
    jobs.add(loading("decode", "one picture, 48 x 48 to 32 x 32", LoadingBenchmark.DECODE_COST));
    return jobs;
  }

  /**
   * Cases on devices. The reference is measured on declared cases alone: at the network's sizes one
   * run of a definition takes seconds, and nobody needs to know how many.
   */
  public static List<Job> ops(List<BenchCase> cases, List<String> devices) {
    return cases.stream()
        .flatMap(c -> devices.stream().map(device -> op(c, device)))
        .filter(job -> !(job.device.equals("reference") && job.large))
        .toList();
  }

  /** Dense arithmetic, whatever fusion and sparsity save; bytes as the plan's ops count them. */
  private static Cost stepCost(int batch) {
    MeasuredStep step = MeasuredStep.reference(batch);
    long bytes = 0;
    try (var backend = Devices.open("plain", 1, line -> {})) {
      for (Node node : step.training(backend).plan().steps()) {
        bytes += node.op().cost(node.inputs().stream().map(Tensor::shape).toList()).bytes();
      }
    }
    return new Cost(batch * step.denseTrainingFlops(), bytes);
  }
}
