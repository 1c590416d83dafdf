package engram.bench.speed;

import engram.base.WholeFile;
import engram.bench.console.Columns;
import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.kernel.JavaKernel;
import engram.bench.kernel.KernelBenchmark;
import engram.bench.kernel.KernelCases;
import engram.bench.kernel.KernelCheck;
import engram.bench.kernel.KernelForm;
import engram.bench.kernel.KernelForms;
import engram.bench.kernel.KernelTemplate;
import engram.bench.kernel.OpenClKernel;
import engram.bench.kernel.UserKernel;
import engram.bench.record.RunFolder;
import engram.bench.suite.BenchCase;
import engram.bench.suite.Job;
import engram.bench.suite.Measurement;
import engram.bench.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kernel of somebody else: checked on every declared case, timed beside ours.
 *
 * @param file its source, Java or OpenCL C
 * @param forms what it may be asked for
 */
record KernelRun(PrintWriter out, Path file, List<KernelForm> forms) {

  /**
   * @throws IllegalArgumentException if there is no such op, or the file is of no known kind
   */
  static KernelRun of(PrintWriter out, Path file, String op) {
    if (!file.getFileName().toString().matches(".*\\.(java|cl)")) {
      throw new IllegalArgumentException(
          "--kernel %s: expected a file that ends in .java or .cl".formatted(file));
    }
    return new KernelRun(out, file, KernelForms.named(op));
  }

  /** Writes a file to begin with. */
  void writeTemplate() throws IOException {
    KernelForm form = forms.getFirst();
    WholeFile.write(
        file, to -> to.write(KernelTemplate.of(form, file).getBytes(StandardCharsets.UTF_8)));
    out.print(
        Lines.wrapped(
            "%s holds a plain loop that is right: %s".formatted(file, form.definition()), 2));
    out.printf("try it with%n  engram bench --quick --op %s --kernel %s%n", form.op(), file);
  }

  /**
   * Checks and times.
   *
   * @param devices ours that it is set beside
   * @param runs where the folder of the measurement is made
   */
  boolean run(List<String> devices, Suite suite, Path runs) throws IOException {
    Path classes = Files.createTempDirectory("engram-kernel");
    try {
      return run(compile(classes, devices), devices, suite, runs);
    } finally {
      delete(classes);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private boolean run(KernelBenchmark.Source source, List<String> devices, Suite suite, Path runs)
      throws IOException {
    List<KernelForm> found = new ArrayList<>();
    for (KernelForm form : forms) {
      if (forms.size() == 1 || offers(form, source)) {
        check(form, source);
        found.add(form);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has none of %s; engram bench --template writes one"
              .formatted(file, String.join(", ", forms.stream().map(KernelForm::op).toList())));
    }
    List<Job> jobs = new ArrayList<>();
    for (KernelForm form : found) {
      for (BenchCase c : KernelCases.timed(form)) {
        jobs.add(KernelBenchmark.job(form, c, UserKernel.nameOf(file), source));
        jobs.addAll(Job.onDevices(c, devices));
      }
    }
    try (RunFolder folder = RunFolder.next(runs, "bench")) {
      SuiteRun run = new SuiteRun(out, folder);
      boolean well = run.run(suite, jobs);
      out.println();
      out.print(Columns.figures(table(run.measurements()), 2));
      out.flush();
      return well;
    }
  }

  private KernelBenchmark.Source compile(Path classes, List<String> devices) throws IOException {
    return UserKernel.isOpenCl(file)
        ? new KernelBenchmark.Source("", file.toAbsolutePath(), devices.getFirst())
        : new KernelBenchmark.Source(JavaKernel.compile(file, classes), classes, "java");
  }

  private boolean offers(KernelForm form, KernelBenchmark.Source source) throws IOException {
    return source.className().isEmpty()
        ? OpenClKernel.offers(OpenClKernel.text(file), form)
        : JavaKernel.offers(source.place(), source.className(), form.op());
  }

  private void check(KernelForm form, KernelBenchmark.Source source) throws IOException {
    List<BenchCase> cases = KernelCases.of(form);
    try (UserKernel kernel = source.open(form)) {
      KernelCheck.require(kernel, cases);
    }
    out.print(
        Lines.wrapped(
            "verified  %s: %d cases, %s to %s"
                .formatted(form.op(), cases.size(), cases.getFirst().id(), cases.getLast().id()),
            10));
    out.flush();
  }

  /** Yours and ours by case. */
  private static List<List<String>> table(List<Measurement> all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "time", "of limit", "bytes a call", "ours takes"));
    Optional<Measurement> yours = Optional.empty();
    for (Measurement m : all) {
      boolean own = m.name().contains(".") && m.name().indexOf('.') < m.name().indexOf('/');
      if (own) {
        yours = Optional.of(m);
      }
      rows.add(
          List.of(
              own ? m.name() : m.name() + " " + m.device(),
              Durations.small(m.times().median()),
              SpeedTables.percent(m),
              String.valueOf(Math.round(m.allocated())),
              own
                  ? ""
                  : yours
                      .map(y -> "%.2f of yours".formatted(m.times().median() / y.times().median()))
                      .orElse("")));
    }
    return rows;
  }
}
