package engram.bench.run;

import engram.backend.Backend;
import engram.bench.console.Screen;
import engram.bench.console.Subcommand;
import engram.cl.experiment.Position;
import engram.cl.state.Snapshot;
import engram.data.Dataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram replay}: one step of a former run, computed once more. */
@Command(
    name = "replay",
    description = {
      "Goes back to a step of a run, finished or not: restores the nearest state before it, or"
          + " starts that strategy, and runs on to the step. Prints the terms of its loss and a"
          + " hash of all parameters after it.",
      "Each step on the way that the run logged (report/STRATEGY_seedN/steps.csv) is compared with"
          + " the log; the first that is not the same, bit for bit, is told, with exit code 1.",
      ""
    },
    footer = {
      "  engram replay runs/run7 --at er:1:3:117     er, seed 1, task 3, its step 117",
      "  engram replay runs/run7 --at lwf:2:1:1 --threads 1"
    })
public final class ReplayCommand extends Subcommand {
  @Parameters(paramLabel = "DIR", description = "folder of a run, such as runs/run1")
  private Path folder = Path.of("");

  @Option(
      names = "--at",
      required = true,
      paramLabel = "STRATEGY:SEED:TASK:STEP",
      description = "tasks and the steps of a task count from 1")
  private String at = "";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads (those of the run); results do not depend on it")
  private Optional<Integer> threads = Optional.empty();

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    Map<String, String> free = new HashMap<>();
    threads.ifPresent(count -> free.put(RunOptions.THREADS.name(), String.valueOf(count)));
    Position target = given(() -> Moment.place(at));
    Moment moment = given(Moment.of(folder, target, free)::require);
    RunConfig all = moment.config();
    try (Backend backend = open(all.device(), all.threads(), err())) {
      Dataset dataset = RunData.open(all, err()::println);
      OpenRun run = given(() -> moment.open(dataset));
      Optional<Snapshot> state = moment.stateBefore(run, backend, err()::println);
      out.println(
          state
              .map(Position::of)
              .map(
                  p -> "from the state after %d steps of task %d".formatted(p.step(), p.task() + 1))
              .orElse("from the start of " + target.strategy()));
      OpenRun alone = OpenRun.of(moment.alone(), dataset);
      Replay.Result result =
          new Replay(moment.former(), alone, backend, target)
              .carryOut(state, new Screen(out, Screen.isTerminal()));
      print(result, target, out);
      return result.difference().isEmpty();
    }
  }

  private static void print(Replay.Result result, Position target, PrintWriter out) {
    out.printf("%n");
    if (result.difference().isPresent()) {
      out.printf("not the same: %s%n", result.difference().get());
      out.printf("%d logged steps before it are the same%n", result.same());
      return;
    }
    out.printf(
        "%s, seed %d, task %d, step %d%n",
        target.strategy(), target.seed(), target.task() + 1, target.step() + 1);
    result.read().losses().forEach(term -> out.printf("%-12s %s%n", term.name(), term.value()));
    out.printf("%-12s %s%n", "parameters", Replay.hash(result.read()));
    out.println(
        result.same() == 0
            ? "no step on the way was logged"
            : "all %d logged steps on the way are the same".formatted(result.same()));
  }
}
