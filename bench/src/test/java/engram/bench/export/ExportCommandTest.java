package engram.bench.export;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.bench.record.CheckpointNotes;
import engram.bench.record.RunFiles;
import engram.nn.Network;
import engram.nn.io.Checkpoint;
import engram.nn.io.SafeTensors;
import engram.nn.model.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {
  private static final Backend BACKEND = new ReferenceBackend();

  @TempDir Path run;

  private static Network network(long seed) {
    return Network.create(Models.of("conv 4 3, bn, flatten", shape(6, 5, 3), 2), BACKEND, seed);
  }

  private Path save(String strategy, long seed, boolean byLogits) throws IOException {
    Path file = run.resolve(RunFiles.checkpoint(strategy, seed));
    new CheckpointNotes(strategy, seed, "standard", List.of("stop", "yield"), byLogits)
        .save(network(seed), file);
    return file;
  }

  private record Said(int exit, String out, String err) {}

  private static Said export(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new ExportCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(
                (e, line, _) -> {
                  line.getErr().println(e.getMessage());
                  return 1;
                })
            .execute(Stream.of(args).map(String::valueOf).toArray(String[]::new));
    return new Said(exit, out.toString(), err.toString());
  }

  @Test
  void theOnlyCheckpointOfARunIsMeant() throws IOException {
    Path checkpoint = save("er", 1, true);
    Said said = export(run, "--to", "onnx");
    assertEquals(0, said.exit, said.err);
    Path onnx = run.resolve("checkpoints/er_seed1.onnx");
    assertTrue(said.out.startsWith(checkpoint + " -> " + onnx), said.out);
    for (String part :
        List.of(
            "images [N, 3, 6, 5]",
            "logits [N, 2]",
            "1 folded, 0 as nodes of their own",
            "pixels       standard")) {
      assertTrue(said.out.contains(part), said.out);
    }
    Map<String, String> notes = SafeTensors.read(checkpoint).metadata();
    assertEquals("[\"stop\",\"yield\"]", notes.get("classes"));
    byte[] expected = OnnxModel.of(network(1), new OnnxModel.Form(true, false), notes).bytes();
    assertArrayEquals(expected, Files.readAllBytes(onnx));
  }

  @Test
  void ofSeveralOneIsChosen() throws IOException {
    save("er", 1, true);
    save("er", 2, true);
    save("der++_alpha=0.2", 1, true);
    Said several = export(run, "--strategy", "er");
    assertEquals(2, several.exit);
    assertTrue(several.err.contains("holds 2 such checkpoints: choose one"), several.err);
    Said misspelt = export(run, "--strategy", "err", "--seed", "1");
    assertTrue(misspelt.err.contains("perhaps er"), misspelt.err);
    assertTrue(export(run, "--strategy", "er", "--seed", "3").err.contains("none with that seed"));
    Path out = run.resolve("two.onnx");
    assertEquals(0, export(run, "--strategy", "er", "--seed", "2", "--out", out).exit);
    assertTrue(Files.exists(out));
    assertEquals(0, export(run, "--strategy", "der++_alpha=0.2").exit);
  }

  @Test
  void whatIsNoNetworksAnswerIsNotWritten() throws IOException {
    Path file = save("slda", 1, false);
    Said said = export(file);
    assertEquals(1, said.exit);
    assertTrue(said.err.contains("discriminant"), said.err);
    assertEquals(1, said.err.lines().count(), said.err);
    assertFalse(Files.exists(run.resolve("checkpoints/slda_seed1.onnx")));
  }

  @Test
  void aCheckpointWithoutItsNetworkIsToldWhatItIs() throws IOException {
    Path file = run.resolve("weights.safetensors");
    new SafeTensors(Checkpoint.tensors(network(1)), Map.of()).write(file);
    Said asked = export(file);
    assertEquals(2, asked.exit);
    assertTrue(asked.err.contains("give --network and --input"), asked.err);
    Said told = export(file, "--network", "conv 4 3, bn, flatten", "--input", "6x5x3");
    assertEquals(0, told.exit, told.err);
    assertTrue(Files.exists(run.resolve("weights.onnx")));
    Said wrong = export(file, "--network", "conv 5 3, bn, flatten", "--input", "6x5x3");
    assertEquals(1, wrong.exit);
    assertTrue(wrong.err.contains("does not fit the network"), wrong.err);
    assertEquals(2, export(file, "--network", "mlp", "--input", "6by5").exit);
  }

  @Test
  void whatTheCheckpointSaysIsNotSaidAgain() throws IOException {
    Path file = save("er", 1, true);
    Said twice = export(file, "--network", "mlp", "--input", "6x5x3");
    assertEquals(2, twice.exit);
    assertTrue(twice.err.contains("says which network it holds"), twice.err);
    assertTrue(export(file, "--network", "Own.java").err.contains("its layers in words"));
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertTrue(export(run).err.contains("holds no checkpoint"));
    assertTrue(export(run.resolve("nowhere")).err.contains("no such file or folder"));
    assertTrue(export(run, "--to", "tflite").err.contains("no such format"));
  }
}
