package engram.bench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, as a lock file names it.
 *
 * @param host for people
 * @param machine tells machines of one name apart, and containers on one machine; empty where the
 *     system says nothing
 * @param pid number of the process there
 * @param started tells it from an earlier one that had its number
 */
record Owner(String host, String machine, long pid, String started) {

  /** This process. */
  static Owner here() {
    ProcessHandle process = ProcessHandle.current();
    return new Owner(hostName(), machineHere(), process.pid(), started(process));
  }

  byte[] toBytes() {
    return (JsonNodeFactory.instance
                .objectNode()
                .put("host", host)
                .put("machine", machine)
                .put("pid", pid)
                .put("started", started)
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Empty where the text names none, as one that was not written to its end. */
  static Optional<Owner> of(byte[] text) {
    try {
      JsonNode json = new ObjectMapper().readTree(text);
      return json.hasNonNull("pid")
          ? Optional.of(
              new Owner(
                  json.path("host").asText(),
                  json.path("machine").asText(),
                  json.path("pid").asLong(),
                  json.path("started").asText()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether its processes can be seen from here. */
  boolean isOnThisMachine() {
    return host.equals(hostName()) && machine.equals(machineHere());
  }

  /** Whether it runs; asked only of one {@link #isOnThisMachine}. */
  boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> started(process).equals(started))
        .isPresent();
  }

  @Override
  public String toString() {
    return "process %d on %s".formatted(pid, host);
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  /** From the system's own file where there is one: the network may take seconds to tell. */
  private static String hostName() {
    return line("/proc/sys/kernel/hostname").orElseGet(Owner::hostNameOfNetwork);
  }

  private static String hostNameOfNetwork() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }

  /** Linux: which start of which machine, and which room of process numbers in it. */
  private static String machineHere() {
    String boot = line("/proc/sys/kernel/random/boot_id").orElse("");
    try {
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return boot;
    }
  }

  private static Optional<String> line(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
