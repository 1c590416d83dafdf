package engram.bench.track;

/** Good answers of the servers that trackers talk to. */
final class Backends {
  private Backends() {}

  /** W&B: GraphQL, file stream, and a store for files. */
  static String wandb(TroubledServer.Request request) {
    if (request.path().equals("/graphql")) {
      return request.json().path("query").asText().contains("createRunFiles")
          ? "{'data':{'createRunFiles':{'files':[{'name':'x','uploadUrl':'/store/x'}]}}}"
              .replace('\'', '"')
          : "{'data':{'upsertBucket':{'bucket':{'project':{'name':'signs','entity':{'name':'me'}}}}}}"
              .replace('\'', '"');
    }
    return "{}";
  }

  /** MLflow, whose experiment is already there. */
  static String mlflow(TroubledServer.Request request) {
    if (request.path().endsWith("experiments/create")) {
      return "{\"experiment_id\": \"3\"}";
    }
    return request.path().endsWith("runs/create")
        ? "{'run':{'info':{'run_id':'r1','artifact_uri':'mlflow-artifacts:/3/r1/artifacts'}}}"
            .replace('\'', '"')
        : "{}";
  }
}
