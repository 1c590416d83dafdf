package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class JobFileTest {
  private static final JobFile JOB =
      new JobFile(Path.of("my plans", "it's \"A\".yaml"), Path.of("sweeps", "a b"), 24, 20, 8);

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void slurmsIsAShellScriptThatRunsOneShard(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("job.sh"), JOB.text(JobFile.Kind.SLURM));
    // Slurm's programs, as this script sees them: srun tells its arguments and was told to save.
    Path log = folder.resolve("log");
    Path bin = Files.createDirectory(folder.resolve("bin"));
    program(bin.resolve("srun"), "for word; do echo \"$word\"; done >> " + log + "\nexit 138\n");
    program(bin.resolve("scontrol"), "echo \"scontrol $*\" >> " + log + "\n");
    ProcessBuilder run = new ProcessBuilder("sh", script.toString());
    run.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    run.environment().put("SLURM_ARRAY_TASK_ID", "3");
    run.environment().put("SLURM_ARRAY_JOB_ID", "99");
    assertEquals(138, run.start().waitFor());
    assertEquals(
        List.of(
            "--cpus-per-task=8",
            "engram",
            "sweep",
            "my plans/it's \"A\".yaml",
            "--out",
            "sweeps/a b",
            "--threads",
            "8",
            "--shard",
            "3/20",
            "scontrol requeue 99_3"),
        Files.readAllLines(log));
  }

  private static void program(Path file, String text) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertTrue(file.toFile().setExecutable(true));
  }

  @Test
  void slurmIsToldBeforeAnyCommand() {
    List<String> lines = JOB.text(JobFile.Kind.SLURM).lines().toList();
    assertEquals("#!/bin/bash", lines.getFirst());
    int firstCommand = lines.indexOf("");
    List<String> head = lines.subList(0, firstCommand);
    assertTrue(head.stream().allMatch(line -> line.startsWith("#")));
    for (String option :
        List.of("--array=1-20", "--cpus-per-task=8", "--signal=USR1@120", "--requeue")) {
      assertTrue(head.contains("#SBATCH " + option), option);
    }
  }

  @Test
  void kubernetesIsAnIndexedJob() {
    Object job =
        new Load(LoadSettings.builder().build()).loadFromString(JOB.text(JobFile.Kind.KUBERNETES));
    assertEquals("batch/v1", at(job, "apiVersion"));
    assertEquals("Job", at(job, "kind"));
    assertEquals("engram-it-s-a", at(job, "metadata", "name"));
    assertEquals(20, at(job, "spec", "completions"));
    assertEquals("Indexed", at(job, "spec", "completionMode"));
    Object pod = at(job, "spec", "template", "spec");
    assertEquals("Never", at(pod, "restartPolicy"));
    assertEquals(
        List.of(
            "engram",
            "sweep",
            "my plans/it's \"A\".yaml",
            "--out",
            "sweeps/a b",
            "--threads",
            "8",
            "--shards",
            "20"),
        at(pod, "containers", 0, "command"));
    assertEquals("8", at(pod, "containers", 0, "resources", "requests", "cpu"));
    assertEquals(
        at(pod, "volumes", 0, "name"), at(pod, "containers", 0, "volumeMounts", 0, "name"));
  }

  @Test
  void aJobsNameIsOneThatKubernetesTakes() {
    for (String plan : List.of("it's.yaml", "-.yaml", "Ünïcode.yaml", "x".repeat(39) + "-y.yaml")) {
      String text =
          new JobFile(Path.of(plan), Path.of("out"), 2, 2, 1).text(JobFile.Kind.KUBERNETES);
      Object job = new Load(LoadSettings.builder().build()).loadFromString(text);
      String name = String.valueOf(at(job, "metadata", "name"));
      assertTrue(name.matches("[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?"), name);
    }
  }

  private static Object at(Object node, Object... path) {
    Object at = node;
    for (Object step : path) {
      at = step instanceof Integer n ? ((List<?>) at).get(n) : ((Map<?, ?>) at).get(step);
    }
    return at;
  }
}
