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
import java.util.stream.Collectors;

/**
 * Gives a parser damaged inputs and holds it to a few rules: it throws nothing but what it
 * declares, with a message for people; it takes no more than a second and 256 MB; it leaves no file
 * behind.
 *
 * <p>Inputs come in rounds. An input whose answer is of a new kind joins the corpus until the round
 * ends, so that damage goes ever deeper. All inputs of a round follow from the parser, a seed and
 * the number of the round: one that breaks a rule is met again by {@code -Dfuzz.only=png
 * -Dfuzz.seed=1 -Dfuzz.round=7}. It is kept in a file, too.
 */
final class Fuzzer {
  /** Inputs of a round. */
  static final int ROUND = 10_000;

  private static final Duration MOST_TIME = Duration.ofSeconds(1);
  private static final long MOST_BYTES = 256L << 20;
  private static final int SHOWN = 2000;
  private static final int LARGEST_CORPUS = 400;

  /** Other programs may take the processor: an input is too slow that is so each time. */
  private static final int TRIES = 3;

  /** Time of the processor and by the clock, after which an input counts as one that never ends. */
  private static final Duration HUNG = Duration.ofMinutes(1);

  private static final Duration HUNG_BY_CLOCK = Duration.ofMinutes(10);

  /** Inputs of a parser even where a machine is so busy that the time is up before. */
  private static final long LEAST_INPUTS = 20;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzTarget target;
  private final Path findings;
  private final int longest;

  /**
   * @param findings folder for inputs that break a rule
   */
  Fuzzer(FuzzTarget target, Path findings) {
    this.target = target;
    this.findings = findings;
    this.longest =
        1000 + 2 * target.corpus().stream().mapToInt(good -> good.length).max().orElse(0);
  }

  /** How a round went. */
  record Outcome(long inputs, long accepted, Optional<String> fault) {}

  /** A round, which ends early when the time is up or a rule is broken. */
  Outcome round(long seed, long round, Duration time) throws IOException, InterruptedException {
    Round now = new Round(seed, round, System.nanoTime() + time.toNanos());
    Thread thread = Thread.ofPlatform().daemon().name("fuzz-" + target.name()).start(now::run);
    Optional<String> fault = watch(thread, now).or(() -> now.fault);
    if (fault.isEmpty()) {
      Set<Path> left = new HashSet<>(target.files());
      left.removeAll(now.files);
      fault = left.isEmpty() ? Optional.empty() : Optional.of("leaves files behind: " + left);
    }
    return new Outcome(
        now.inputs.get(),
        now.accepted,
        fault.isEmpty()
            ? fault
            : Optional.of(kept(now.input, "seed-%d-round-%d".formatted(seed, round), fault.get())));
  }

  private String kept(byte[] input, String where, String fault) throws IOException {
    Files.createDirectories(findings);
    Path file =
        findings.resolve("%s-%s.bin".formatted(target.name().replaceAll("\\W+", "-"), where));
    Files.write(file, input);
    return "%s, %s, kept in %s: %s"
        .formatted(target, where.replace('-', ' '), file, printable(fault));
  }

  /** What can be shown of it on a terminal. */
  private static String printable(String text) {
    String beginning = text.substring(0, Math.min(text.length(), SHOWN));
    return beginning.replaceAll("[^\\n\\x20-\\x7E]", "?");
  }

  /** Waits for the end; empty unless an input does not come to it. */
  private static Optional<String> watch(Thread thread, Round round) throws InterruptedException {
    long input = -1;
    long processor = 0;
    long clock = 0;
    while (!thread.join(Duration.ofSeconds(1))) {
      if (input != round.inputs.get()) {
        input = round.inputs.get();
        processor = PROCESS.getProcessCpuTime();
        clock = System.nanoTime();
      } else if (PROCESS.getProcessCpuTime() - processor > HUNG.toNanos()
          || System.nanoTime() - clock > HUNG_BY_CLOCK.toNanos()) {
        return Optional.of("does not end:\n  " + stack(thread.getStackTrace()));
      }
    }
    return Optional.empty();
  }

  private static String stack(StackTraceElement[] frames) {
    return Arrays.stream(frames).limit(15).map(String::valueOf).collect(Collectors.joining("\n  "));
  }

  /** Inputs one after another on a thread of their own, which others watch. */
  private final class Round {
    private final SplittableRandom random;
    private final long end;
    private final List<byte[]> corpus = new ArrayList<>(target.corpus());
    private final Set<Long> kinds = new HashSet<>();
    private volatile byte[] input = {};
    private final AtomicLong inputs = new AtomicLong();
    private long accepted;
    private volatile Optional<String> fault = Optional.empty();
    private long allocated;
    private Set<Path> files = Set.of();

    Round(long seed, long round, long end) {
      this.random = new SplittableRandom(31 * (31 * seed + round) + target.name().hashCode());
      this.end = end;
    }

    void run() {
      try {
        good();
        files = target.files();
        damaged();
      } catch (IOException e) {
        fault = Optional.of("its folder cannot be read: " + e);
      }
    }

    private void good() {
      allocated = THREADS.getTotalThreadAllocatedBytes();
      for (byte[] good : target.corpus()) {
        input = good;
        Answer answer = ask();
        if (!answer.text().isEmpty()) {
          fault = Optional.of("refuses a good input: " + answer);
          return;
        }
      }
    }

    private void damaged() {
      Mutator mutator = new Mutator(random);
      while (fault.isEmpty()
          && inputs.get() < ROUND
          && (inputs.get() < LEAST_INPUTS || System.nanoTime() < end)) {
        byte[] mutant = mutator.mutate(any(), any());
        input = random.nextBoolean() ? target.repair().repaired(mutant, random) : mutant;
        inputs.incrementAndGet();
        fault = next();
      }
    }

    /** The rule that the input breaks. */
    private Optional<String> next() {
      Answer answer = ask();
      accepted += answer.text().isEmpty() ? 1 : 0;
      if (kinds.add(answer.kind())) {
        if (input.length <= longest && corpus.size() < LARGEST_CORPUS) {
          corpus.add(input);
        }
        Optional<String> wrong = answer.wrong(target.declared());
        if (wrong.isPresent()) {
          return wrong;
        }
      }
      for (int i = 1; answer.isAbove(MOST_TIME, MOST_BYTES); i++) {
        if (i == TRIES) {
          return Optional.of(
              "takes %.2f s and %,d MB".formatted(answer.nanos() / 1e9, answer.bytes() >> 20));
        }
        answer = askSlowly();
      }
      return Optional.empty();
    }

    private byte[] any() {
      List<byte[]> from = random.nextBoolean() ? target.corpus() : corpus;
      return from.get(random.nextInt(from.size()));
    }

    private Answer ask() {
      long start = System.nanoTime();
      Optional<Throwable> thrown = Optional.empty();
      try {
        target.parser().parse(input);
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        thrown = Optional.of(e);
      }
      long nanos = System.nanoTime() - start;
      long before = allocated;
      allocated = THREADS.getTotalThreadAllocatedBytes();
      return new Answer(thrown, nanos, allocated - before);
    }

    /** Without what other programs took of the processor, and the compiler beside us. */
    private Answer askSlowly() {
      long processor = PROCESS.getProcessCpuTime();
      allocated = THREADS.getTotalThreadAllocatedBytes();
      Answer answer = ask();
      long nanos = Math.min(answer.nanos(), PROCESS.getProcessCpuTime() - processor);
      return new Answer(answer.thrown(), nanos, answer.bytes());
    }
  }
}
