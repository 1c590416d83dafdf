package engram.bench.fuzz;

import static engram.tensor.Shape.shape;
import static java.nio.charset.StandardCharsets.UTF_8;

import engram.backend.opencl.gpu.TilesDoor;
import engram.bench.file.ConfigFile;
import engram.bench.run.Moment;
import engram.bench.run.RunConfig;
import engram.bench.speed.SpeedDoor;
import engram.bench.step.StepDoor;
import engram.bench.sweep.Shard;
import engram.bench.sweep.SweepDoor;
import engram.bench.sweep.SweepPlan;
import engram.bench.track.TrackDoor;
import engram.bench.tune.Grid;
import engram.cl.task.ClassOrder;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSplit;
import engram.learn.desk.LearnDoor;
import engram.nn.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Readers of what people write, and of what other programs say. */
final class TextTargets {
  private final Path folder;

  TextTargets(Path folder) {
    this.folder = folder;
  }

  /** What a text is read by. */
  @FunctionalInterface
  private interface Reader {
    void read(String text) throws Exception;
  }

  List<FuzzTarget> all() throws IOException {
    return List.of(
        config(),
        text("options", TextCorpus.options(), IllegalArgumentException.class, TextTargets::options),
        text("sweep plan", TextCorpus.plan(), IOException.class, TextTargets::plan),
        text("network text", TextCorpus.networks(), IllegalArgumentException.class, this::network),
        text(
            "class order", TextCorpus.orders(), IllegalArgumentException.class, TextTargets::order),
        text("--at", TextCorpus.places(), IllegalArgumentException.class, Moment::place),
        text("--against", TextCorpus.against(), IllegalArgumentException.class, StepDoor::against),
        text("--grid", TextCorpus.grids(), IllegalArgumentException.class, TextTargets::grid),
        text("--shard", List.of("3/20"), IllegalArgumentException.class, Shard::parse),
        text("job array", TextCorpus.arrays(), IllegalArgumentException.class, TextTargets::array),
        text("tracker answer", TextCorpus.answers(), IOException.class, TrackDoor::answer),
        text("peer", TextCorpus.peers(), IllegalArgumentException.class, SpeedDoor::result),
        text("opencl tiles", List.of(TilesDoor.good()), IOException.class, TilesDoor::read),
        text("unit lock", List.of(SweepDoor.owner()), IOException.class, SweepDoor::owner),
        text("unit done", TextCorpus.marks(), IOException.class, SweepDoor::mark),
        progress());
  }

  private static FuzzTarget text(
      String name, List<String> corpus, Class<? extends Exception> declared, Reader reader) {
    return FuzzTarget.of(
        name,
        corpus.stream().map(good -> good.getBytes(UTF_8)).toList(),
        declared,
        input -> reader.read(new String(input, UTF_8)));
  }

  private FuzzTarget config() throws IOException {
    Place place = Place.of(folder.resolve("config"), "config.yaml");
    return FuzzTarget.of(
            "yaml",
            TextCorpus.bytes(TextCorpus.yaml()),
            IOException.class,
            input -> ConfigFile.read(place.with(input)))
        .in(place.folder());
  }

  /** Lines {@code name=value}. */
  private static Map<String, String> lines(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }

  private static void options(String text) {
    RunConfig.of(lines(text)).requireFits();
  }

  private static void plan(String text) throws IOException {
    SweepPlan.parse("plan.yaml", text);
  }

  private void network(String text) {
    Models.of(text, shape(32, 32, 3), 10);
  }

  /** Lines: order, tasks, scenario. */
  private static void order(String text) {
    String[] parts = text.split("\n", 3);
    if (parts.length == 3) {
      TaskSplit.parse(ClassOrder.parse(parts[0], 12, 1), parts[1], Scenario.parse(parts[2]));
    }
  }

  private static void grid(String text) {
    Grid.parse(List.of(text.split("\n", -1)));
  }

  private static void array(String text) {
    Shard.of(lines(text), Optional.empty());
  }

  private FuzzTarget progress() throws IOException {
    Place place = Place.of(folder.resolve("course"), "progress.txt");
    return FuzzTarget.of(
            "course progress",
            TextCorpus.bytes(TextCorpus.progress()),
            IOException.class,
            input -> LearnDoor.progress(place.with(input)))
        .in(place.folder());
  }
}
