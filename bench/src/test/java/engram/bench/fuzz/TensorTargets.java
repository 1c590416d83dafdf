package engram.bench.fuzz;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.cl.state.Snapshot;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.io.Checkpoint;
import engram.nn.io.SafeTensors;
import engram.nn.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Readers of tensors: of any, of a network, of the state of a run. */
final class TensorTargets {
  private final Path folder;

  TensorTargets(Path folder) {
    this.folder = folder;
  }

  List<FuzzTarget> all() throws IOException {
    return List.of(tensors(), checkpoint(), state());
  }

  private FuzzTarget tensors() throws IOException {
    Place place = Place.of(folder.resolve("tensors"), "a.safetensors");
    return FuzzTarget.of(
            "safetensors",
            Corpus.tensors(place.file()),
            IOException.class,
            input -> SafeTensors.read(place.with(input)))
        .repairedBy(Repairs::headerLength)
        .in(place.folder());
  }

  private FuzzTarget checkpoint() throws IOException {
    Place place = Place.of(folder.resolve("checkpoint"), "net.safetensors");
    Backend backend = Devices.open("reference", 1, _ -> {});
    Network network = Network.create(Models.of("mlp 2 1", shape(3, 3, 1), 2), backend, 1);
    Checkpoint.save(network, Map.of("note", "good"), place.file());
    return FuzzTarget.of(
            "checkpoint",
            List.of(Files.readAllBytes(place.file())),
            IOException.class,
            input -> Checkpoint.load(place.with(input), backend))
        .repairedBy(Repairs::headerLength)
        .in(place.folder());
  }

  /** Of the state of a run; what is not refused is what was written, to the last bit. */
  private FuzzTarget state() throws IOException {
    Place place = Place.of(folder.resolve("state"), "000001.safetensors");
    SafeTensors good = Corpus.state();
    good.write(place.file());
    String written = told(good);
    return FuzzTarget.of(
            "state",
            List.of(Files.readAllBytes(place.file())),
            IllegalArgumentException.class,
            input -> {
              SafeTensors content;
              try {
                content = SafeTensors.read(place.with(input));
              } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
              }
              if (!told(Snapshot.of(content).content()).equals(written)) {
                throw new IllegalStateException("it takes a damaged state for a good one");
              }
            })
        .repairedBy(Repairs::headerLength)
        .in(place.folder());
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
}
