package engram.bench.export;

import engram.backend.reference.ReferenceBackend;
import engram.base.WholeFile;
import engram.bench.console.Subcommand;
import engram.bench.record.CheckpointNotes;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.io.Checkpoint;
import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram export}: a trained network for other programs. */
@Command(
    name = "export",
    description = {
      "Writes a trained network as an ONNX file, which ONNX Runtime and many other programs run:"
          + " images [N, C, H, W] in, logits [N, classes] out, N free.",
      "The file says in its metadata how its images are normalised and which class each logit"
          + " stands for.",
      ""
    },
    footer = {
      "  engram export runs/run1 --strategy er",
      "  engram export runs/run1/checkpoints/er_seed1.safetensors --out signs.onnx --softmax"
    })
public final class ExportCommand extends Subcommand {
  @Parameters(
      paramLabel = "RUN|FILE",
      description = "folder of a run, or a checkpoint (safetensors)")
  private Path source = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "onnx",
      description = "what to write: ${DEFAULT-VALUE} is what there is")
  private String format = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to; beside the checkpoint, with ending .onnx, if left out")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "which checkpoint of a run, where several strategies ran")
  private Optional<String> strategy = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "which checkpoint of a run, where several seeds ran")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--no-fold",
      description = "keep batch norms as nodes of their own and do not fold them")
  private boolean unfolded;

  @Option(names = "--softmax", description = "probabilities in place of logits")
  private boolean softmax;

  @Option(
      names = "--network",
      paramLabel = "NAME|TEXT",
      description = "layers of a checkpoint that does not say them, as engram run --network")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "HxWxC",
      description = "shape of its images, such as 32x32x3")
  private Optional<String> input = Optional.empty();

  @Override
  protected boolean run(PrintWriter screen) throws IOException {
    require(
        format.toLowerCase(Locale.ROOT).equals("onnx"),
        "--to %s: there is no such format; onnx is what there is".formatted(format));
    Path file = choose();
    SafeTensors content = SafeTensors.read(file);
    if (!CheckpointNotes.answersByLogits(content.metadata())) {
      throw new IOException(
          "%s: this strategy answers not by the network's logits but by a discriminant over its features, which is no network: nothing was written"
              .formatted(file));
    }
    Network network = Network.create(model(file, content), new ReferenceBackend(), 0);
    Checkpoint.load(content.tensors(), network, file.toString());
    OnnxModel.Form form = new OnnxModel.Form(!unfolded, softmax);
    OnnxModel onnx = OnnxModel.of(network, form, content.metadata());
    Path target = out.orElse(file.resolveSibling(CheckpointChoice.name(file) + ".onnx"));
    WholeFile.write(target, stream -> stream.write(onnx.bytes()));
    screen.printf(
        Locale.ROOT,
        """
        %s -> %s, %.1f MB
        input        %s
        output       %s
        batch norms  %d folded, %d as nodes of their own
        pixels       %s
        """,
        file,
        target,
        onnx.bytes().length / 1e6,
        onnx.input(),
        onnx.output(),
        onnx.folded(),
        onnx.kept(),
        content.metadata().getOrDefault(CheckpointNotes.PIXELS, "as in training"));
    return true;
  }

  private Path choose() throws IOException {
    try {
      return CheckpointChoice.of(source, strategy, seed);
    } catch (IllegalArgumentException e) {
      require(false, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** The layers that the checkpoint says it holds; else those that the person says. */
  private Sequential model(Path file, SafeTensors content) {
    require(
        network.map(text -> !text.endsWith(".java")).orElse(true),
        "--network %s: a network in Java is exported by what its checkpoint says; where that says nothing, give its layers in words"
            .formatted(network.orElse("")));
    Optional<Sequential> said = Checkpoint.model(content);
    require(
        said.isEmpty() || (network.isEmpty() && input.isEmpty()),
        "%s says which network it holds: leave out --network and --input".formatted(file));
    return said.orElseGet(
        () -> {
          require(
              network.isPresent() && input.isPresent(),
              "%s does not say which network it holds: it is older, of another program, or has layers of one's own, which ONNX has not; else give --network and --input, such as --network bn --input 32x32x3"
                  .formatted(file));
          return given(
              () ->
                  Checkpoint.model(
                      network.orElseThrow(),
                      Checkpoint.shape(input.orElseThrow()),
                      content.tensors()));
        });
  }
}
