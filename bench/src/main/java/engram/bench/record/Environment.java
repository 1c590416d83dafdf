package engram.bench.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.cl.result.TaskResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where and with what a run was made, this machine's processor, this process's memory. */
public final class Environment {
  /** Field of {@link RunFiles#ENVIRONMENT}. */
  public static final String PEAK = "process_peak_bytes";

  private Environment() {}

  /**
   * {@link RunFiles#ENVIRONMENT} of this process, now; what is not known is null, such as the
   * version of a program that was not packaged.
   *
   * @param command arguments of the command line
   * @param device what computes, as the header of the run says it
   * @param threads threads that compute
   */
  public static ObjectNode now(List<String> command, String device, int threads) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    command.forEach(json.putArray("command")::add);
    ObjectNode program = json.putObject("engram");
    program.put("version", Environment.class.getPackage().getImplementationVersion());
    program.put("git_revision", GitRevision.ofSources().orElse(null));
    program.put("device", device);
    program.put("threads", threads);
    ObjectNode java = json.putObject("java");
    java.put("version", Runtime.version().toString());
    java.put("vendor", System.getProperty("java.vendor"));
    java.put("vm", System.getProperty("java.vm.name"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(java.putArray("flags")::add);
    java.put("max_heap_bytes", Runtime.getRuntime().maxMemory());
    ObjectNode machine = json.putObject("machine");
    machine.put("os", System.getProperty("os.name"));
    machine.put("os_version", System.getProperty("os.version"));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put("cpu", cpuModel().orElse(null));
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    return json;
  }

  /**
   * The processor as the system names it: Linux in a file, macOS by a command, Windows in a
   * variable.
   */
  public static Optional<String> cpuModel() {
    return linux("/proc/cpuinfo", "model name")
        .or(() -> Command.output(List.of("sysctl", "-n", "machdep.cpu.brand_string")))
        .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")));
  }

  /**
   * Notes under {@code process_peak_bytes}, by strategy and seed, the most bytes that this process
   * has held when a task was done; nothing where there is no Linux to ask. Measured, and so another
   * number each time, it does not stand in the run's tables.
   */
  static void addPeak(ObjectNode environment, TaskResult task) {
    linux("/proc/self/status", "VmHWM")
        .map(text -> 1024 * Long.parseLong(text.replaceAll("[^0-9]", "")))
        .ifPresent(
            bytes ->
                environment
                    .withObjectProperty(PEAK)
                    .withArrayProperty(RunFiles.name(task.strategy(), task.seed()))
                    .add(bytes));
  }

  /** What {@link #addPeak} noted after each task of a strategy; fewer where it was not known. */
  static List<Long> peaks(JsonNode environment, String strategy, long seed) {
    return environment
        .path(PEAK)
        .path(RunFiles.name(strategy, seed))
        .valueStream()
        .map(JsonNode::longValue)
        .toList();
  }

  /** What stands behind the first {@code name:} in a file of Linux. */
  private static Optional<String> linux(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
