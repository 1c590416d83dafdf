package engram.bench.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session that engine/README.md prints is what the shell answers. */
class ShellTest {
  private static final String PROMPT = "jshell> ";
  private static final Pattern SESSION = Pattern.compile("```jshell\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void answersAsTheReadmePrints() throws Exception {
    Matcher session = SESSION.matcher(Files.readString(Path.of("..", "engine", "README.md")));
    assertEquals(1, session.results().count(), "one session in engine/README.md");
    session.reset();
    session.find();
    String printed = session.group(1).strip();
    List<String> lines =
        printed
            .lines()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()))
            .toList();
    assertFalse(lines.isEmpty());
    assertEquals(printed, transcript(lines));
  }

  /** What is typed and what is answered, as a terminal shows it. */
  private String transcript(List<String> lines) throws Exception {
    StringBuilder all = new StringBuilder();
    String answers = answers(lines);
    String[] parts = answers.split(Pattern.quote(PROMPT), -1);
    for (int i = 0; i < lines.size(); i++) {
      all.append(PROMPT)
          .append(lines.get(i))
          .append('\n')
          .append(answer(lines.get(i), parts[i + 1]));
    }
    return all.toString().strip();
  }

  /** Without the echo of what was typed and the empty line that JShell puts before each prompt. */
  private static String answer(String typed, String part) {
    String plain = part.replace("\r", "");
    String answer = plain.startsWith(typed + "\n") ? plain.substring(typed.length() + 1) : plain;
    return answer.isBlank() ? "" : answer.stripTrailing() + "\n";
  }

  private String answers(List<String> lines) throws Exception {
    Path startup = folder.resolve("startup.jsh");
    Files.writeString(startup, ShellCommand.startup());
    String typed =
        lines.stream().map(line -> line + "\n").collect(Collectors.joining()) + "/exit\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream before = System.out;
    System.setOut(out);
    try {
      JavaShellToolBuilder.builder()
          .persistence(new HashMap<>())
          .in(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), null)
          .out(out)
          .err(out)
          .run(ShellCommand.arguments(startup).toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
