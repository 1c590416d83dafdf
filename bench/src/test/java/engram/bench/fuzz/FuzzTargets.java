package engram.bench.fuzz;

import static engram.tensor.Shape.shape;
import static java.nio.charset.StandardCharsets.UTF_8;

import engram.backend.Backend;
import engram.bench.file.ConfigFile;
import engram.bench.file.CsvIn;
import engram.bench.metrics.MetricsCommand;
import engram.bench.report.Report;
import engram.bench.report.ToyRun;
import engram.bench.sweep.SweepPlan;
import engram.cl.state.Snapshot;
import engram.data.DataException;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.cifar.Cifar;
import engram.data.cifar.CifarForm;
import engram.data.folder.ImageFolder;
import engram.data.gtsrb.Gtsrb;
import engram.data.idx.Mnist;
import engram.data.idx.MnistForm;
import engram.data.image.ImageFile;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.io.Checkpoint;
import engram.nn.io.SafeTensors;
import engram.nn.model.Models;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Every parser of the program; one more is one more line of {@link #all}. */
final class FuzzTargets {
  private final Path folder;

  private FuzzTargets(Path folder) {
    this.folder = folder;
  }

  /**
   * All of them.
   *
   * @param folder an empty one, for inputs that are files
   */
  static List<FuzzTarget> all(Path folder) throws IOException {
    FuzzTargets make = new FuzzTargets(folder);
    List<FuzzTarget> all = new ArrayList<>();
    all.add(picture("ppm", Corpus.ppm()));
    all.add(picture("png", Corpus.png()).repairedBy(Repairs::png));
    all.add(picture("jpeg", Corpus.jpeg()));
    all.add(make.idx("idx images", "train-images-idx3-ubyte", Corpus.idxImages()));
    all.add(make.idx("idx labels", "train-labels-idx1-ubyte", Corpus.idxLabels()));
    all.add(make.idx("idx gzip", "train-images-idx3-ubyte.gz", Corpus.gzip(Corpus.idxImages())));
    all.add(make.cifar("cifar tar", Corpus.cifarTar()).repairedBy(Repairs::tar));
    all.add(make.cifar("cifar tar.gz", Corpus.cifarTar()).repairedBy(Repairs::gzip));
    all.add(make.zip());
    all.add(make.signs());
    all.add(make.tracks());
    all.add(make.cache());
    all.add(make.config());
    all.add(plan());
    all.add(make.table());
    all.add(make.matrix());
    all.add(make.tensors());
    all.add(make.checkpoint());
    all.add(make.state());
    all.add(network());
    all.addAll(make.runFolder());
    return List.copyOf(all);
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    return file;
  }

  private static FuzzTarget picture(String name, List<byte[]> corpus) {
    return FuzzTarget.of(
        name, corpus, DataException.class, input -> ImageFile.read("a." + name, input));
  }

  private FuzzTarget idx(String name, String file, List<byte[]> corpus) throws IOException {
    Path place = file(name + "/train-images-idx3-ubyte").getParent();
    Files.write(place.resolve("train-images-idx3-ubyte"), Corpus.idxImages().getFirst());
    Files.write(place.resolve("train-labels-idx1-ubyte"), Corpus.idxLabels().getFirst());
    Files.write(place.resolve("t10k-images-idx3-ubyte"), Corpus.idxImages().getFirst());
    Files.write(place.resolve("t10k-labels-idx1-ubyte"), Corpus.idxLabels().getFirst());
    Files.deleteIfExists(place.resolve(file.replace(".gz", "")));
    return FuzzTarget.of(
        name,
        corpus,
        DataException.class,
        input -> {
          Files.write(place.resolve(file), input);
          Mnist.at(place, MnistForm.MNIST).load();
        });
  }

  private FuzzTarget cifar(String name, List<byte[]> corpus) throws IOException {
    Path file = file(name + "/cifar.tar.gz");
    return FuzzTarget.of(
        name,
        corpus,
        DataException.class,
        input -> Cifar.at(Files.write(file, input), CifarForm.CIFAR10).load(1));
  }

  private FuzzTarget zip() throws IOException {
    Path file = file("pictures.zip");
    return FuzzTarget.of(
        "zip",
        Corpus.zip(),
        DataException.class,
        input -> new ImageFolder(Files.write(file, input), 2, false, 1).load(1, _ -> {}));
  }

  private FuzzTarget signs() throws IOException {
    Path table = file("signs/Train.csv");
    Path place = table.getParent();
    Files.write(file("signs/Test.csv"), Corpus.signs().getFirst());
    for (String name : Corpus.SIGNS) {
      Files.write(file("signs/" + name), Corpus.ppm().getFirst());
    }
    return FuzzTarget.of(
        "csv of signs",
        Corpus.signs(),
        DataException.class,
        input -> {
          Files.write(table, input);
          new Gtsrb(place, true, 2, false, _ -> {}).load(1);
        });
  }

  private FuzzTarget tracks() throws IOException {
    Path table = file("pictures/tracks.csv");
    Path place = table.getParent();
    for (String name : Corpus.PICTURES) {
      Files.write(file("pictures/" + name), Corpus.ppm().getFirst());
    }
    return FuzzTarget.of(
        "csv of tracks",
        Corpus.tracks(),
        DataException.class,
        input -> {
          Files.write(table, input);
          new ImageFolder(place, 2, false, 1).load(1, _ -> {});
        });
  }

  private FuzzTarget cache() throws IOException {
    Path file = file("cache/set.images");
    ImageCache cache = new ImageCache(file.getParent(), _ -> {});
    Dataset made = Corpus.dataset();
    cache.get("set", "key", () -> made);
    return FuzzTarget.of(
        "cache",
        List.of(Files.readAllBytes(file)),
        DataException.class,
        input -> {
          Files.write(file, input);
          cache.get(
              "set",
              "key",
              () -> {
                throw new DataException("cache", "has to be made anew", "");
              });
        });
  }

  private FuzzTarget config() throws IOException {
    Path file = file("config.yaml");
    return FuzzTarget.of(
        "yaml",
        Corpus.yaml(),
        IOException.class,
        input -> ConfigFile.read(Files.write(file, input)));
  }

  private static FuzzTarget plan() {
    return FuzzTarget.of(
        "sweep plan",
        Corpus.plan(),
        IOException.class,
        input -> SweepPlan.parse("plan.yaml", new String(input, StandardCharsets.UTF_8)));
  }

  private FuzzTarget table() throws IOException {
    Path file = file("table.csv");
    return FuzzTarget.of(
        "csv of results",
        Corpus.table(),
        IOException.class,
        input -> {
          for (CsvIn.Row row : CsvIn.read(Files.write(file, input))) {
            row.text("strategy");
            row.integer("seed");
            row.number("accuracy");
            row.wholeOrEmpty("memory");
          }
        });
  }

  private FuzzTarget matrix() throws IOException {
    Path file = file("matrix.csv");
    return FuzzTarget.of(
        "csv of accuracies",
        Corpus.matrix(),
        IOException.class,
        input -> {
          Files.write(file, input);
          List<Exception> failures = new ArrayList<>();
          new CommandLine(new MetricsCommand())
              .setOut(Corpus.nowhere())
              .setErr(Corpus.nowhere())
              .setExecutionExceptionHandler(
                  (failure, _, _) -> {
                    failures.add(failure);
                    return 1;
                  })
              .execute(file.toString());
          if (!failures.isEmpty()) {
            throw failures.getFirst();
          }
        });
  }

  private FuzzTarget tensors() throws IOException {
    Path file = file("tensors.safetensors");
    return FuzzTarget.of(
            "safetensors",
            Corpus.tensors(file("good.safetensors")),
            IOException.class,
            input -> SafeTensors.read(Files.write(file, input)))
        .repairedBy(Repairs::headerLength);
  }

  private FuzzTarget checkpoint() throws IOException {
    Path file = file("net.safetensors");
    Backend backend = Devices.open("reference", 1, _ -> {});
    Network network = Network.create(Models.of("mlp 2 1", shape(3, 3, 1), 2), backend, 1);
    Checkpoint.save(network, Map.of("note", "good"), file);
    return FuzzTarget.of(
            "checkpoint",
            List.of(Files.readAllBytes(file)),
            IOException.class,
            input -> Checkpoint.load(Files.write(file, input), backend))
        .repairedBy(Repairs::headerLength);
  }

  /** Of the state of a run; what is not refused is what was written, to the last bit. */
  private FuzzTarget state() throws IOException {
    Path file = file("state.safetensors");
    SafeTensors good = Corpus.state();
    good.write(file);
    String written = told(good);
    return FuzzTarget.of(
            "state",
            List.of(Files.readAllBytes(file)),
            IllegalArgumentException.class,
            input -> {
              SafeTensors content;
              try {
                content = SafeTensors.read(Files.write(file, input));
              } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
              }
              if (!told(Snapshot.of(content).content()).equals(written)) {
                throw new IllegalStateException("it takes a damaged state for a good one");
              }
            })
        .repairedBy(Repairs::headerLength);
  }

  private static String told(SafeTensors content) {
    StringBuilder told = new StringBuilder(new TreeMap<>(content.metadata()).toString());
    new TreeMap<>(content.tensors())
        .forEach(
            (name, tensor) ->
                told.append(name)
                    .append(tensor.type())
                    .append(tensor.shape())
                    .append(Arrays.toString(tensor.data())));
    return told.toString();
  }

  private static FuzzTarget network() {
    return FuzzTarget.of(
        "network text",
        Corpus.networks(),
        IllegalArgumentException.class,
        input -> Models.of(new String(input, UTF_8), shape(32, 32, 3), 10));
  }

  /** Each file of a run folder that its report is made from. */
  private List<FuzzTarget> runFolder() throws IOException {
    Path run =
        new ToyRun(folder.resolve("run1"), 200, 1)
            .learnt("er", 1, 9, 4, 8)
            .learnt("fine-tune", 1, 9, 0, 9)
            .path();
    Path page = folder.resolve("page.html");
    List<Path> files;
    try (Stream<Path> all = Files.walk(run)) {
      files = all.filter(file -> file.toString().matches(".*\\.(csv|yaml|json)")).sorted().toList();
    }
    List<FuzzTarget> targets = new ArrayList<>();
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      targets.add(
          FuzzTarget.of(
              "run " + run.relativize(file),
              List.of(good),
              IOException.class,
              input -> {
                try {
                  Files.write(file, input);
                  Report.write(List.of(run), page);
                } finally {
                  Files.write(file, good);
                }
              }));
    }
    return targets;
  }
}
