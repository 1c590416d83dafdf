package engram.nn.io;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.model.Models;
import engram.nn.model.SimpleCnn;
import engram.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;
  private final Backend backend = new ReferenceBackend();

  private static Sequential model() {
    return Sequential.of(
        shape(4, 6, 2),
        new Conv2d(2, 3, 3, 1),
        new BatchNorm2d(3),
        new Flatten(),
        new Linear(72, 5).named("fc"));
  }

  @Test
  void aNetworkComesBackAsItWas() throws IOException {
    Network network = Network.create(model(), backend, 1);
    Path file = folder.resolve("model.safetensors");
    Checkpoint.save(network, Map.of("task", "2"), file);
    Network other = Network.create(model(), backend, 2);
    Checkpoint.load(file, other);
    assertArrayEquals(network.parameters().snapshot(), other.parameters().snapshot());
    assertArrayEquals(network.state().snapshot(), other.state().snapshot());
    assertEquals("2", SafeTensors.read(file).metadata().get("task"));
  }

  @Test
  void aFileAloneSaysWhichNetworkItHolds() throws IOException {
    Network network = Network.create(model(), backend, 1);
    Path file = folder.resolve("model.safetensors");
    Checkpoint.save(network, Map.of(), file);
    assertEquals(
        Map.of("network", "conv 3 3 pad 1, bn, flatten", "input", "4x6x2"),
        SafeTensors.read(file).metadata());
    Network other = Checkpoint.load(file, backend);
    assertEquals(model(), other.model());
    assertArrayEquals(network.parameters().snapshot(), other.parameters().snapshot());
    assertArrayEquals(network.state().snapshot(), other.state().snapshot());
  }

  @Test
  void aFileThatDoesNotSayItIsNotGuessedAt() throws IOException {
    Layer own = (t, x) -> t.scale(2, x);
    Sequential model = Sequential.of(shape(4), own, new Linear(4, 2).named("fc"));
    Path file = folder.resolve("own.safetensors");
    Checkpoint.save(Network.create(model, backend, 1), Map.of(), file);
    String message =
        assertThrows(IOException.class, () -> Checkpoint.load(file, backend)).getMessage();
    assertTrue(message.contains("own.safetensors does not say which network"), message);
  }

  @Test
  void aClassifierThatIsNotThereIsNamed() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Checkpoint.save(Network.create(model(), backend, 1), Map.of(), file);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Checkpoint.model(
                        "relu, out: classifier", shape(4), SafeTensors.read(file).tensors()))
            .getMessage();
    assertTrue(message.contains("\"out.weight\""), message);
  }

  /**
   * The first convolution alone differs: torchvision's is one of 7 x 7 for large photographs. A
   * counter of batches is filled in by PyTorch where a file has none.
   */
  @Test
  void resnet18IsNamedAndShapedAsInTorchvision() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/torchvision/resnet18.txt"))) {
      if (!Checkpoint.isIgnored(line.substring(0, line.indexOf(' ')))) {
        expected.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
      }
    }
    assertEquals("[64, 3, 7, 7]", expected.replace("conv1.weight", "[64, 3, 3, 3]"));
    Sequential resnet = Models.of("resnet18", shape(32, 32, 3), 1000);
    Map<String, String> ours = new TreeMap<>();
    Checkpoint.tensors(Network.create(resnet, backend, 1))
        .forEach((name, entry) -> ours.put(name, entry.shape().toString()));
    assertEquals(expected, ours);
  }

  @Test
  void namesAndShapesAreThoseOfTorch() {
    Map<String, SafeTensors.Entry> tensors =
        Checkpoint.tensors(Network.create(model(), backend, 1));
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, entry) -> shapes.put(name, entry.shape()));
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put("conv1.weight", shape(3, 2, 3, 3));
    expected.put("conv1.bias", shape(3));
    expected.put("bn1.weight", shape(3));
    expected.put("bn1.bias", shape(3));
    expected.put("fc.weight", shape(5, 72));
    expected.put("fc.bias", shape(5));
    expected.put("bn1.running_mean", shape(3));
    expected.put("bn1.running_var", shape(3));
    assertEquals(expected, shapes);
  }

  @Test
  void torchCountersAreNoReasonToRefuse() throws IOException {
    Network network = Network.create(model(), backend, 1);
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>(Checkpoint.tensors(network));
    tensors.put("bn1.num_batches_tracked", new SafeTensors.Entry(Shape.shape(), new float[] {12}));
    Checkpoint.load(tensors, network, "state");
  }

  @Test
  void everyMismatchIsNamedAndTheNetworkStaysAsItIs() {
    Network network = Network.create(SimpleCnn.of(shape(32, 32, 3), 9), backend, 1);
    float[] before = network.parameters().snapshot();
    Map<String, SafeTensors.Entry> tensors =
        new LinkedHashMap<>(
            Checkpoint.tensors(Network.create(SimpleCnn.of(shape(32, 32, 3), 18), backend, 2)));
    tensors.remove("conv2.bias");
    tensors.put("conv9.bias", new SafeTensors.Entry(shape(1), new float[1]));
    String message =
        assertThrows(IOException.class, () -> Checkpoint.load(tensors, network, "a.safetensors"))
            .getMessage();
    for (String part :
        List.of(
            "a.safetensors",
            "\"fc.weight\" is [18, 4096], expected [9, 4096]",
            "\"conv2.bias\" [64] is missing",
            "\"conv9.bias\" is not part")) {
      assertTrue(message.contains(part), message);
    }
    assertArrayEquals(before, network.parameters().snapshot());
  }
}
