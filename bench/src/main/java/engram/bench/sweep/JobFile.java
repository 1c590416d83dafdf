package engram.bench.sweep;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A file that starts a sweep as an array of jobs on machines that share a disk.
 *
 * @param plan its file, as the command line names it
 * @param out folder of the sweep
 * @param units how many there are
 * @param shards how many jobs
 * @param threads of each job
 */
record JobFile(Path plan, Path out, int units, int shards, int threads) {

  /** What starts jobs. */
  enum Kind {
    SLURM,
    KUBERNETES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  String text(Kind kind) {
    return switch (kind) {
      case SLURM -> slurm();
      case KUBERNETES -> kubernetes();
    };
  }

  /** For {@code sbatch}; see https://slurm.schedmd.com/sbatch.html. */
  private String slurm() {
    return """
    #!/bin/bash
    # %UNITS% units of a plan in %SHARDS% jobs. Submitted again it goes on: what is finished is
    # not run again. How far it is:  engram sweep %PLAN% --out %OUT% --list
    #SBATCH --job-name=%NAME%
    #SBATCH --array=1-%SHARDS%
    #SBATCH --ntasks=1
    #SBATCH --cpus-per-task=%THREADS%
    #SBATCH --mem=4G
    #SBATCH --time=04:00:00
    # Two minutes before the time is over each job is told to save its state.
    #SBATCH --signal=USR1@120
    # If its node is lost, or it has to give way, a job starts again.
    #SBATCH --requeue
    #SBATCH --open-mode=append
    #SBATCH --output=%x-%a.txt

    # Three quarters of --mem; Java itself takes the rest.
    export JDK_JAVA_OPTIONS=-Xmx3g
    srun --cpus-per-task=%THREADS% engram sweep %PLAN% --out %OUT% \\
      --threads %THREADS% --shard "${SLURM_ARRAY_TASK_ID}/%SHARDS%"
    code=$?

    # 138: the state is saved (128 + USR1), and there is more to do.
    if [ "$code" -eq 138 ]; then
      scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
    fi
    exit "$code"
    """
        .replace("%UNITS%", String.valueOf(units))
        .replace("%SHARDS%", String.valueOf(shards))
        .replace("%THREADS%", String.valueOf(threads))
        .replace("%NAME%", name())
        .replace("%PLAN%", inShell(plan))
        .replace("%OUT%", inShell(out));
  }

  /** For {@code kubectl}; see https://kubernetes.io/docs/concepts/workloads/controllers/job/. */
  private String kubernetes() {
    List<String> command =
        List.of(
            "engram",
            "sweep",
            plan.toString(),
            "--out",
            out.toString(),
            "--threads",
            String.valueOf(threads),
            "--shards",
            String.valueOf(shards));
    return """
    # %UNITS% units of a plan in %SHARDS% pods, for Kubernetes 1.29 and newer. Deleted and applied
    # again it goes on: what is finished is not run again. Change image and claimName to yours.
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: %NAME%
    spec:
      completions: %SHARDS%
      parallelism: %SHARDS%
      completionMode: Indexed # a pod knows its shard by JOB_COMPLETION_INDEX
      backoffLimitPerIndex: 10
      podFailurePolicy:
        rules:
          - action: Ignore # a pod that had to leave its node goes on with its state elsewhere
            onPodConditions:
              - type: DisruptionTarget
          - action: FailIndex # units were broken, each tried three times, or the plan is wrong
            onExitCodes:
              operator: In
              values: [1, 2]
      template:
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 120 # to finish the batch and save the state
          containers:
            - name: engram
              image: engram:latest # with Java 25, and bench/engram as engram
              workingDir: /sweep
              command: %COMMAND%
              env:
                - name: JDK_JAVA_OPTIONS
                  value: -Xmx3g # three quarters of the memory below; Java itself takes one
              resources:
                requests:
                  cpu: "%THREADS%"
                  memory: 4Gi
                limits:
                  memory: 4Gi
              volumeMounts:
                - name: sweep
                  mountPath: /sweep
          volumes:
            - name: sweep # plan, data and results: a disk that all pods read and write
              persistentVolumeClaim:
                claimName: engram
    """
        .replace("%UNITS%", String.valueOf(units))
        .replace("%SHARDS%", String.valueOf(shards))
        .replace("%THREADS%", String.valueOf(threads))
        .replace("%NAME%", name())
        .replace(
            "%COMMAND%",
            command.stream().map(JobFile::inYaml).collect(Collectors.joining(", ", "[", "]")));
  }

  /** Letters, digits and dashes, as names of jobs are made of; none ends with a dash. */
  private String name() {
    String plain =
        SweepFolder.nameOf(plan)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^-", "");
    String cut = plain.substring(0, Math.min(40, plain.length())).replaceFirst("-$", "");
    return "engram-" + (cut.isEmpty() ? "sweep" : cut);
  }

  private static String inShell(Path file) {
    String text = file.toString();
    return text.matches("[\\w./=:@%+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** JSON's quotes are YAML's, too. */
  private static String inYaml(String text) {
    return text.matches("[a-z./][\\w./-]*")
        ? text
        : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
