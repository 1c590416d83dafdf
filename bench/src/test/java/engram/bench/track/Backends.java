package engram.bench.track;

/** Good answers of the servers that trackers talk to. */
final class Backends {
  private Backends() {}

  /** W&B: GraphQL, file stream, and a store for files. */
  static String wandb(TroubledServer.Request request) {
    return wandb(request, "PENDING");
  }

  /**
   * The same.
   *
   * @param state of an artifact that was just created
   */
  static String wandb(TroubledServer.Request request, String state) {
    if (!request.path().equals("/graphql")) {
      return "{}";
    }
    String query = request.query();
    String operation = query.substring(0, query.indexOf('(')).strip();
    String data =
        switch (operation) {
          case "mutation UpsertBucket" ->
              "'upsertBucket':{'bucket':{'project':{'name':'signs','entity':{'name':'me'}}}}";
          case "mutation CreateRunFiles" ->
              "'createRunFiles':{'files':[{'name':'x','uploadUrl':'/store/x'}]}";
          case "mutation CreateArtifact" ->
              "'createArtifact':{'artifact':{'id':'a1','state':'%s',".formatted(state)
                  + "'artifactSequence':{'latestArtifact':{'id':'a0'}}}}";
          case "mutation CreateArtifactManifest" ->
              "'createArtifactManifest':{'artifactManifest':{'id':'m1','file':{'id':'f1',"
                  + "'uploadUrl':'/store/manifest?signed=2','uploadHeaders':['Content-MD5:x==']}}}";
          case "mutation CreateArtifactFiles" ->
              "'createArtifactFiles':{'files':{'edges':[{'node':{'uploadUrl':"
                  + "'/store/page?signed=1','uploadHeaders':['Content-MD5:%s','Content-Length:15',"
                      .formatted(request.variables().at("/input/artifactFiles/0/md5").asText())
                  + "'Content-Type:text/html'],'artifact':{'id':'a1'}}}]}}";
          case "mutation CommitArtifact" -> "'commitArtifact':{'artifact':{'id':'a1'}}";
          default -> throw new AssertionError(operation);
        };
    return "{'data':{%s}}".formatted(data).replace('\'', '"');
  }

  /** An older W&B, or another that knows no artifacts: it says so with status 200. */
  static String wandbWithoutArtifacts(TroubledServer.Request request) {
    return request.path().equals("/graphql") && request.query().contains("createArtifact(")
        ? "{'errors':[{'message':'Unknown type CreateArtifactInput.'}]}".replace('\'', '"')
        : wandb(request);
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
