package engram.bench.track;

/** How a run ended. */
enum Outcome {
  FINISHED(0, "FINISHED"),
  INTERRUPTED(130, "KILLED"),
  FAILED(1, "FAILED");

  private final int exitCode;
  private final String mlflow;

  Outcome(int exitCode, String mlflow) {
    this.exitCode = exitCode;
    this.mlflow = mlflow;
  }

  /** The exit code of a program that ended so. */
  int exitCode() {
    return exitCode;
  }

  /** MLflow's word for it. */
  String mlflow() {
    return mlflow;
  }
}
