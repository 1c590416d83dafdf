package engram.bench.look;

import engram.backend.Backend;
import engram.bench.console.Bar;
import engram.bench.console.Lines;
import engram.bench.console.Screen;
import engram.bench.console.Subcommand;
import engram.nn.verify.Outcome;
import engram.nn.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code engram verify}: compares ops and training with what another library computed. */
@Command(
    name = "verify",
    description = {
      "Runs every case of a vector file, which another library such as PyTorch has written, and"
          + " compares the results. Exit code 1 if a case fails or is not understood.",
      "nn/README.md shows the ten lines of PyTorch that write such a file.",
      ""
    },
    footer = {
      "  engram verify vectors.safetensors",
      "  engram verify vectors.safetensors --device reference"
    })
public final class VerifyCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "vector file (safetensors)")
  private Path file = Path.of("");

  @Mixin private DeviceOptions device;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    List<Outcome> outcomes;
    try (Backend backend = open(device.name(), device.threads(), out)) {
      out.print(Lines.wrapped(file.getFileName() + " on " + backend.description(), 2));
      out.flush();
      outcomes = Verification.run(file, backend, new Shown(out, Screen.isTerminal()));
    }
    long bad = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    out.printf("%d cases, %d passed, %d failed%n", outcomes.size(), outcomes.size() - bad, bad);
    return bad == 0;
  }

  /** Each case when it is done; on a terminal also which one is at work. */
  static final class Shown implements Verification.Listener {
    private final PrintWriter out;
    private final boolean terminal;
    private Optional<Bar> bar = Optional.empty();

    Shown(PrintWriter out, boolean terminal) {
      this.out = out;
      this.terminal = terminal;
    }

    @Override
    public void begins(String name, int number, int cases) {
      if (terminal) {
        bar = Optional.of(new Bar("case %d/%d".formatted(number, cases), cases, "cases"));
        bar.get().at(number - 1, name);
      }
    }

    @Override
    public void ends(Outcome outcome) {
      bar.ifPresent(Bar::close);
      bar = Optional.empty();
      out.print(Lines.wrapped(outcome.toString(), 2));
      out.flush();
    }
  }
}
