package engram.bench.track;

/** How a run ended: the exit code of a program that ended so, and MLflow's word for it. */
enum Outcome {
  FINISHED(0, "FINISHED"),
  INTERRUPTED(130, "KILLED"),
  FAILED(1, "FAILED");

  final int exitCode;
  final String mlflow;

  Outcome(int exitCode, String mlflow) {
    this.exitCode = exitCode;
    this.mlflow = mlflow;
  }
}
