package engram.bench.learn;

import engram.base.Spelling;
import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.learn.Course;
import engram.learn.desk.Desk;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram learn}: exercises, and whether they are right. */
@Command(
    name = "learn",
    description = {
      "Learn how training works by making it: exercises in Java that run in the engine's own"
          + " training step. bench/COURSE.md is where to begin.",
      "Without a name it lists the exercises and names the next one. With a name it writes the file"
          + " to begin with; once that is there, it checks what you wrote.",
      ""
    },
    footer = {
      "  engram learn                     all exercises, and the next one",
      "  engram learn leaky-relu          the file to begin with; then: is it right?",
      "  engram learn leaky-relu --hint   the next of three hints",
      "  engram learn --all               check all that you have begun"
    })
public final class LearnCommand extends Subcommand {
  private static final Path USUAL = Path.of("runs", "learn");

  @Parameters(arity = "0..1", paramLabel = "EXERCISE", description = "name of an exercise")
  private Optional<String> name = Optional.empty();

  @Option(names = "--hint", description = "print the next hint")
  private boolean hint;

  @Option(names = "--all", description = "check all exercises that were begun")
  private boolean all;

  @Option(names = "--folder", paramLabel = "DIR", description = "your files (runs/learn)")
  private Path folder = USUAL;

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    require(name.isEmpty() || !all, "--all checks all exercises: leave the name away");
    require(name.isPresent() || !hint, "--hint needs the name of an exercise");
    Desk desk = new Desk(folder);
    if (all) {
      return checkAll(desk, out);
    }
    if (name.isEmpty()) {
      list(desk, out);
      return true;
    }
    Exercise<?> exercise = given(() -> named(name.get()));
    if (hint) {
      return hint(desk, exercise, out);
    }
    if (!desk.hasBegun(exercise)) {
      begin(desk, exercise, out);
      return true;
    }
    boolean passed = check(desk, exercise, out);
    if (passed) {
      next(desk, out);
    }
    return passed;
  }

  private static Exercise<?> named(String name) {
    List<String> names = Course.exercises().stream().map(Exercise::name).toList();
    return Course.exercise(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no exercise \"%s\". %s"
                        .formatted(
                            name,
                            Spelling.nearest(name, names)
                                .map("Did you mean %s?"::formatted)
                                .orElse("engram learn  lists them."))));
  }

  /** The command line that goes on with an exercise, in the folder that was given. */
  private String again(Exercise<?> exercise) {
    String place = folder.toString();
    return folder.equals(USUAL)
        ? "engram learn " + exercise.name()
        : "engram learn %s --folder %s"
            .formatted(exercise.name(), place.contains(" ") ? "\"" + place + "\"" : place);
  }

  private void list(Desk desk, PrintWriter out) {
    for (Chapter chapter : Course.CHAPTERS) {
      out.printf("%-5s %s   %s%n", chapter.number(), chapter.title(), chapter.text());
      for (Exercise<?> exercise : chapter.exercises()) {
        String state = desk.hasPassed(exercise) ? "passed" : desk.hasBegun(exercise) ? "begun" : "";
        out.printf("      %-6s %-22s %s%n", state, exercise.name(), exercise.title());
      }
    }
    long passed = Course.exercises().stream().filter(desk::hasPassed).count();
    out.printf("%d of %d passed%n", passed, Course.exercises().size());
    next(desk, out);
  }

  private void next(Desk desk, PrintWriter out) {
    Course.exercises().stream()
        .filter(exercise -> !desk.hasPassed(exercise))
        .findFirst()
        .ifPresentOrElse(
            exercise -> out.printf("next: %s   (%s)%n", again(exercise), desk.file(exercise)),
            () -> out.println("all done"));
  }

  private void begin(Desk desk, Exercise<?> exercise, PrintWriter out) throws IOException {
    desk.begin(exercise);
    out.println("your file   " + desk.file(exercise));
    out.println("read        " + Course.chapterOf(exercise).textOf(exercise));
    out.printf("then        %s   checks what you wrote%n", again(exercise));
  }

  private boolean check(Desk desk, Exercise<?> exercise, PrintWriter out) throws IOException {
    out.printf("%s   %s%n", exercise.name(), desk.file(exercise));
    switch (desk.check(exercise)) {
      case Verdict.Passed(List<String> evidence) -> {
        print(out, "passed", evidence);
        return true;
      }
      case Verdict.NotDone(String why) -> {
        print(out, "not done", List.of(why));
        return false;
      }
      case Verdict.Failed(String where, List<String> details) -> {
        print(out, "failed", List.of(where));
        details.forEach(detail -> out.print(Lines.wrapped("        " + detail, 10)));
        out.printf("text    %s%n", Course.chapterOf(exercise).textOf(exercise));
        out.printf(
            "hint    %s --hint   (%d of %d read)%n",
            again(exercise), desk.hintsRead(exercise), Exercise.HINTS);
        return false;
      }
    }
  }

  private static void print(PrintWriter out, String word, List<String> lines) {
    String first = word + "  ";
    for (String line : lines) {
      out.print(Lines.wrapped(first + line, 8));
      first = "        ";
    }
  }

  private boolean checkAll(Desk desk, PrintWriter out) throws IOException {
    int begun = 0;
    int passed = 0;
    for (Exercise<?> exercise : Course.exercises()) {
      if (desk.hasBegun(exercise)) {
        begun++;
        passed += check(desk, exercise, out) ? 1 : 0;
      }
    }
    out.println(
        begun == 0
            ? "nothing to check: no exercise was begun"
            : "%d of %d begun passed".formatted(passed, begun));
    next(desk, out);
    return passed == begun && begun > 0;
  }

  private static boolean hint(Desk desk, Exercise<?> exercise, PrintWriter out) throws IOException {
    List<String> hints = desk.nextHint(exercise);
    for (int i = 0; i < hints.size(); i++) {
      out.printf("hint %d of %d%n", i + 1, Exercise.HINTS);
      out.print(Lines.wrapped("  " + hints.get(i).replaceAll("\\s*\n\\s*", " "), 2));
    }
    return true;
  }
}
