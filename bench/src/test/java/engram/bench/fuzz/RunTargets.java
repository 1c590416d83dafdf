package engram.bench.fuzz;

import engram.bench.file.CsvIn;
import engram.bench.metrics.MetricsCommand;
import engram.bench.record.RecordDoor;
import engram.bench.record.RecordedRun;
import engram.bench.report.Report;
import engram.bench.report.ToyRun;
import engram.bench.run.FormerRun;
import engram.bench.run.RunDoor;
import engram.bench.tune.TuneDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Readers of what the program wrote itself, perhaps long ago, and of tables of results. */
final class RunTargets {
  /** Of the pages that inputs lead to, one of so many is made: a page takes long. */
  private static final int PAGES = 4;

  private final Path folder;

  RunTargets(Path folder) {
    this.folder = folder;
  }

  List<FuzzTarget> all() throws IOException {
    List<FuzzTarget> all = new ArrayList<>(ofReport());
    all.add(config());
    all.add(summary());
    all.add(steps());
    all.add(doctor());
    all.add(trials());
    all.add(table());
    all.add(matrix());
    return all;
  }

  /** Each file of a run folder that its report is made from. */
  private List<FuzzTarget> ofReport() throws IOException {
    Path run = new ToyRun(folder.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    List<FuzzTarget> targets = new ArrayList<>();
    Place.of(run, "diverged.csv").with(RunCorpus.diverged());
    Place.of(run, "report/er_seed1/within.csv").with(RunCorpus.within());
    Path page = folder.resolve("page.html");
    for (String name : RunCorpus.OF_REPORT) {
      Path file = run.resolve(name);
      byte[] good = Files.readAllBytes(file);
      targets.add(
          FuzzTarget.of(
                  "run " + name,
                  List.of(good),
                  IOException.class,
                  input -> {
                    try {
                      Files.write(file, input);
                      if (input.length % PAGES == 0) {
                        Report.write(List.of(run), page);
                      } else {
                        RecordedRun.soFar(run);
                      }
                    } finally {
                      Files.write(file, good);
                    }
                  })
              .in(run));
    }
    return targets;
  }

  /** A run is gone on with. */
  private FuzzTarget config() throws IOException {
    Place place = Place.of(folder.resolve("former"), "config.yaml");
    return FuzzTarget.of(
            "former config",
            List.of(RunCorpus.config()),
            Exception.class,
            input -> {
              place.with(input);
              try {
                new FormerRun(place.folder()).config(Map.of());
              } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
              }
            })
        .in(place.folder());
  }

  private FuzzTarget summary() throws IOException {
    Place place = Place.of(folder.resolve("done"), "summary.json");
    return FuzzTarget.of(
            "former summary",
            List.of(RunCorpus.summary()),
            IOException.class,
            input -> {
              place.with(input);
              new FormerRun(place.folder()).isDone();
            })
        .in(place.folder());
  }

  private FuzzTarget steps() throws IOException {
    Place place = Place.of(folder.resolve("steps"), "report/er_seed1/steps.csv");
    return FuzzTarget.of(
            "logged steps",
            List.of(RunCorpus.steps()),
            IOException.class,
            input -> {
              place.with(input);
              RunDoor.steps(place.folder());
            })
        .in(place.folder());
  }

  private FuzzTarget doctor() throws IOException {
    Place place = Place.of(folder.resolve("doctor"), "doctor.csv");
    RecordDoor door = new RecordDoor(place.folder());
    return FuzzTarget.of(
            "doctor notes",
            List.of(RunCorpus.doctor()),
            IOException.class,
            input -> {
              place.with(input);
              door.doctor();
            })
        .in(place.folder());
  }

  private FuzzTarget trials() throws IOException {
    Place place = Place.of(folder.resolve("tune"), "trials.csv");
    TuneDoor door = new TuneDoor(place.folder());
    return FuzzTarget.of(
            "trials",
            List.of(RunCorpus.trials()),
            IOException.class,
            input -> {
              place.with(input);
              door.trials();
            })
        .in(place.folder());
  }

  private FuzzTarget table() throws IOException {
    Place place = Place.of(folder.resolve("table"), "table.csv");
    return FuzzTarget.of(
            "csv of results",
            RunCorpus.table(),
            IOException.class,
            input -> {
              for (CsvIn.Row row : CsvIn.read(place.with(input))) {
                row.text("strategy");
                row.integer("seed");
                row.number("accuracy");
                row.wholeOrEmpty("memory");
              }
            })
        .in(place.folder());
  }

  private FuzzTarget matrix() throws IOException {
    Place place = Place.of(folder.resolve("matrix"), "matrix.csv");
    List<Exception> failures = new ArrayList<>();
    CommandLine command =
        new CommandLine(new MetricsCommand())
            .setOut(RunCorpus.nowhere())
            .setErr(RunCorpus.nowhere())
            .setExecutionExceptionHandler(
                (failure, _, _) -> {
                  failures.add(failure);
                  return 1;
                });
    return FuzzTarget.of(
            "csv of accuracies",
            RunCorpus.matrix(),
            IOException.class,
            input -> {
              failures.clear();
              command.execute(place.with(input).toString());
              if (!failures.isEmpty()) {
                throw failures.getFirst();
              }
            })
        .in(place.folder());
  }
}
