package engram.bench.fuzz;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives a parser damaged inputs and holds it to four rules: it throws nothing but what it declares,
 * with a message for people; it takes no more than a second and 256 MB.
 *
 * <p>An input whose answer is of a new kind joins the corpus, so that damage goes ever deeper. The
 * inputs follow from the seed; one that breaks a rule is kept in a file.
 */
final class Fuzzer {
  private static final Duration MOST_TIME = Duration.ofSeconds(1);
  private static final long MOST_BYTES = 256L << 20;
  private static final int LONGEST_MESSAGE = 2000;
  private static final int LARGEST_CORPUS = 400;

  /** Other programs may take the processor: an input is too slow that is so each time. */
  private static final int TRIES = 3;

  /** After this an input counts as one that never ends. */
  private static final Duration HUNG = Duration.ofMinutes(10);

  /** Inputs of a parser even where a machine is so busy that the time is up before. */
  private static final long LEAST_INPUTS = 20;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Numbers, what is quoted, and paths. */
  private static final Pattern VARYING =
      Pattern.compile("[0-9]+|\"[^\"]*\"?|/[^ ,:]*|[^\\x00-\\x7F]+");

  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:java|jdk|sun|org|com)\\.[a-z]+\\.");

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzTarget target;
  private final SplittableRandom random;
  private final Path findings;
  private final List<byte[]> corpus;
  private final int longest;
  private final Set<String> answers = new HashSet<>();
  private volatile byte[] input = {};
  private volatile Optional<String> fault = Optional.empty();
  private final AtomicLong inputs = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();

  /**
   * @param findings folder for inputs that break a rule
   */
  Fuzzer(FuzzTarget target, long seed, Path findings) {
    this.target = target;
    this.random = new SplittableRandom(31 * seed + target.name().hashCode());
    this.findings = findings;
    this.corpus = new ArrayList<>(target.corpus());
    this.longest = 1000 + 2 * corpus.stream().mapToInt(good -> good.length).max().orElse(0);
  }

  /** How it went. */
  record Outcome(long inputs, long accepted, Optional<String> fault) {}

  /** Goes on until the time is up or a rule is broken. */
  Outcome run(Duration time) throws IOException, InterruptedException {
    Thread thread =
        Thread.ofPlatform().daemon().name("fuzz-" + target.name()).start(() -> loop(time));
    thread.join(time.plus(HUNG).toMillis());
    if (thread.isAlive()) {
      fault =
          Optional.of(
              "does not end:\n"
                  + Arrays.stream(thread.getStackTrace())
                      .map(Object::toString)
                      .collect(Collectors.joining("\n")));
    }
    if (fault.isPresent()) {
      Files.createDirectories(findings);
      Path kept = findings.resolve(target.name().replaceAll("\\W", "-") + "-" + inputs + ".bin");
      Files.write(kept, input);
      fault =
          fault.map(text -> "%s, input %s, kept in %s: %s".formatted(target, inputs, kept, text));
    }
    return new Outcome(inputs.get(), accepted.get(), fault);
  }

  private void loop(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (byte[] good : target.corpus()) {
      input = good;
      Answer answer = ask();
      if (!answer.text.isEmpty()) {
        fault = Optional.of("refuses a good input: " + answer.text);
        return;
      }
    }
    Mutator mutator = new Mutator(random);
    while (fault.isEmpty() && (inputs.get() < LEAST_INPUTS || System.nanoTime() < end)) {
      byte[] mutant = mutator.mutate(any(), any());
      input = random.nextBoolean() ? target.repair().repaired(mutant, random) : mutant;
      inputs.incrementAndGet();
      Answer answer = ask();
      for (int i = 1; i < TRIES && answer.fault.isEmpty() && answer.isTooMuch(); i++) {
        answer = ask();
      }
      accepted.addAndGet(answer.text.isEmpty() ? 1 : 0);
      fault = answer.fault.or(answer::excess);
      if (input.length <= longest && corpus.size() < LARGEST_CORPUS && answers.add(answer.kind())) {
        corpus.add(input);
      }
    }
  }

  private byte[] any() {
    List<byte[]> from = random.nextBoolean() ? target.corpus() : corpus;
    return from.get(random.nextInt(from.size()));
  }

  private record Answer(String text, Optional<String> fault, long nanos, long bytes) {
    boolean isTooMuch() {
      return nanos > MOST_TIME.toNanos() || bytes > MOST_BYTES;
    }

    Optional<String> excess() {
      return isTooMuch()
          ? Optional.of("takes %.2f s and %,d MB".formatted(nanos / 1e9, bytes >> 20))
          : Optional.empty();
    }

    /** The text without what differs from input to input. */
    String kind() {
      String start = text.substring(0, Math.min(200, text.length()));
      return VARYING.matcher(start).replaceAll("#");
    }
  }

  private Answer ask() {
    long bytes = THREADS.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    long processor = PROCESS.getProcessCpuTime();
    String text = "";
    Optional<String> wrong = Optional.empty();
    try {
      target.parser().parse(input);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      text = String.valueOf(e.getMessage());
      wrong = wrong(e);
    }
    // The lesser: other programs may take the processor, and the compiler works beside us.
    long nanos = Math.min(System.nanoTime() - start, PROCESS.getProcessCpuTime() - processor);
    return new Answer(text, wrong, nanos, THREADS.getTotalThreadAllocatedBytes() - bytes);
  }

  private Optional<String> wrong(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (!target.declared().isInstance(e)) {
      String stack =
          Arrays.stream(e.getStackTrace())
              .limit(15)
              .map(Object::toString)
              .collect(Collectors.joining("\n  "));
      return Optional.of("throws %s\n  %s".formatted(e, stack));
    }
    boolean forPeople =
        message.length() > 10
            && message.length() <= LONGEST_MESSAGE
            && !CLASS_NAME.matcher(message).find();
    return forPeople ? Optional.empty() : Optional.of("says: " + message);
  }
}
