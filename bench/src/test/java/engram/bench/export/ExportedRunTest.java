package engram.bench.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.bench.file.CsvIn;
import engram.bench.record.RunFiles;
import engram.bench.run.RunCommand;
import engram.bench.subject.TinyMnist;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.idx.Mnist;
import engram.data.idx.MnistForm;
import engram.nn.Network;
import engram.nn.io.Checkpoint;
import engram.nn.train.Inference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The whole way: {@code engram run}, {@code engram export}, and ONNX Runtime on the test images,
 * fed as {@code EXPORT.md} says. It answers as the run did: with the same logits, and, its classes
 * read from the file's list, with the accuracy that the run wrote down.
 */
class ExportedRunTest {
  @TempDir private Path folder;

  private static void execute(Object command, String... arguments) {
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(command)
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    assertEquals(0, exit, err.toString());
  }

  /** {@code EXPORT.md}, {@code standard}: (x - mean) / max(deviation, 255 / sqrt(count)). */
  private static float[] standard(ImageSet images) {
    int count = images.height() * images.width() * images.channels();
    float[] seen = new float[images.size() * count];
    for (int start = 0; start < seen.length; start += count) {
      double sum = 0;
      double squares = 0;
      for (int i = start; i < start + count; i++) {
        int x = images.pixels()[i] & 0xff;
        sum += x;
        squares += (double) x * x;
      }
      double mean = sum / count;
      double deviation = Math.sqrt(squares / count - mean * mean);
      for (int i = start; i < start + count; i++) {
        int x = images.pixels()[i] & 0xff;
        seen[i] = (float) ((x - mean) / Math.max(deviation, 255 / Math.sqrt(count)));
      }
    }
    return seen;
  }

  private static double accuracy(Path run) throws IOException {
    return CsvIn.read(run.resolve(RunFiles.RESULTS)).getLast().number("accuracy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp 20 1|fine-tune",
        "conv 6 3 pad 1, relu, pool 2, flatten, linear 20, relu|er",
        "conv 6 3 pad 1, bn, relu, pool 2, bn, flatten, linear 20, bn, relu|er"
      })
  void onnxRuntimeAnswersAsTheRunDid(String network, String strategy)
      throws IOException, OrtException {
    String data = TinyMnist.write(folder, 5, 2);
    Path run = folder.resolve("run");
    execute(
        new RunCommand(),
        "--data=" + data,
        "--network=" + network,
        "--strategies=" + strategy,
        "--tasks=2",
        "--class-order=7,3,9,0,1,8,2,5,4,6",
        "--epochs=3",
        "--batch=10",
        "--lr=0.01",
        "--buffer=20",
        "--device=vector",
        "--threads=1",
        "--out=" + run);
    execute(new ExportCommand(), run.toString(), "--to=onnx");

    Dataset digits = Mnist.at(folder, MnistForm.MNIST).load();
    ImageSet test = digits.test();
    float[] images = standard(test);
    Path checkpoint = run.resolve(RunFiles.checkpoint(strategy, 1));
    try (Backend backend = VectorBackend.open(1)) {
      Network trained = Checkpoint.load(checkpoint, backend);
      byte[] onnx =
          Files.readAllBytes(run.resolve("checkpoints/%s_seed1.onnx".formatted(strategy)));
      float[] logits = OnnxModelTest.run(onnx, trained.model().input(), images);
      float[] expected = new Inference(trained).logits(images, test.size());
      double distance = OnnxModelTest.distance(expected, logits);
      assertTrue(distance < 1e-5, "logits are apart by " + distance);

      int classes = trained.classes();
      List<Integer> order = List.of(7, 3, 9, 0, 1, 8, 2, 5, 4, 6);
      int right = 0;
      for (int i = 0; i < test.size(); i++) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
          best = logits[i * classes + k] > logits[i * classes + best] ? k : best;
        }
        right += order.get(best) == test.labels()[i] ? 1 : 0;
      }
      assertEquals(accuracy(run), 100.0 * right / test.size(), 1e-3);
    }
  }
}
