package engram.bench.peers;

import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Writes the vector file {@code libtorch-2.10-shapes.safetensors}: what libtorch computes in double
 * precision at shapes with strides, of 512, 6 and 1 channels, odd ones, and of one image. Operands
 * are drawn and large results sketched, so that the file is small. Prints how far libtorch itself
 * is from that in single precision.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED
 *     -cp "bench/target/engram.jar:bench/target/peers/classes:bench/target/peers/*"
 *     engram.bench.peers.VectorMain FILE
 * </pre>
 */
public final class VectorMain {
  private VectorMain() {}

  /**
   * Writes the file.
   *
   * @param args its name
   */
  public static void main(String[] args) throws IOException {
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    // On a processor with AVX-512 oneDNN's float32 convolutions were wrong at 7 of these shapes, by
    // a quarter to all of their length. Double precision does not go through oneDNN.
    torch.globalContext().setUserEnabledMkldnn(false);
    List<TorchCase> cases = TorchCases.all();
    for (int seed = 1; seed <= cases.size(); seed++) {
      TorchCase each = cases.get(seed - 1);
      try (PointerScope _ = new PointerScope()) {
        TorchRun exact = TorchRun.of(each, seed, ScalarType.Double);
        TorchRun rounded = TorchRun.of(each, seed, ScalarType.Float);
        exact.entries().forEach((role, entry) -> tensors.put(each.name() + "/" + role, entry));
        metadata.put("case." + each.name(), exact.attributes());
        System.out.printf(
            Locale.ROOT, "%-28s float32 is %s off%n", each.name(), rounded.worst(exact));
      }
    }
    new SafeTensors(tensors, metadata).write(Path.of(args[0]));
    System.exit(0); // libraries leave threads behind
  }
}
