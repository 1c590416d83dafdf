package engram.bench.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * W&B online: a run appears by a GraphQL mutation, then its rows are appended by number to a stream
 * of files, so that a row sent twice still counts once.
 */
final class WandbLive implements Tracker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String UPSERT =
      """
      mutation UpsertBucket($name: String, $project: String, $entity: String, $groupName: String,
          $displayName: String, $jobType: String, $config: JSONString, $commit: String,
          $host: String) {
        upsertBucket(input: {name: $name, modelName: $project, entityName: $entity,
            groupName: $groupName, displayName: $displayName, jobType: $jobType, config: $config,
            commit: $commit, host: $host}) {
          bucket { id name project { name entity { name } } }
          inserted
        }
      }
      """;

  private static final String CREATE_FILES =
      """
      mutation CreateRunFiles($entity: String!, $project: String!, $run: String!,
          $files: [String!]!) {
        createRunFiles(
            input: {entityName: $entity, projectName: $project, runName: $run, files: $files}) {
          files { name uploadUrl }
        }
      }
      """;

  private final URI base;
  private final PatientHttp http;
  private final TrackedRun run;
  private final WandbRows rows;
  private final WandbProject project;
  private final String entity;
  private final String projectName;

  /** Names that the server knows of. */
  private int told;

  /**
   * @param base of the server, ending in a slash
   */
  WandbLive(URI base, WandbProject project, PatientHttp http, TrackedRun run) throws IOException {
    this.base = base;
    this.http = http;
    this.run = run;
    this.project = project;
    rows = new WandbRows(run.started());
    JsonNode owner = upsert();
    entity = owner.at("/entity/name").asText();
    projectName = owner.at("/name").asText();
  }

  /** Makes the run, or brings its config up to date; returns the project. */
  private JsonNode upsert() throws IOException {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    run.config()
        .forEach((name, value) -> config.putObject(name).set("value", JSON.valueToTree(value)));
    ObjectNode own = config.putObject("_wandb").putObject("value");
    own.set("m", rows.definitions());
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    variables.put("name", run.id());
    variables.put("project", project.name());
    variables.put("entity", project.entity().orElse(null));
    variables.put("groupName", run.group());
    variables.put("displayName", run.name());
    variables.put("jobType", run.strategy());
    variables.put("commit", run.origin().revision().orElse(null));
    variables.put("host", run.origin().host().orElse(null));
    variables.put("config", JSON.writeValueAsString(config));
    String bucketProject = "/data/upsertBucket/bucket/project";
    return graphql(UPSERT, variables, bucketProject + "/entity/name").at(bucketProject);
  }

  /** New names become part of the config, which says what they are drawn over. */
  private void define(Collection<String> names) throws IOException {
    rows.define(names);
    int all = rows.defined().size();
    if (all > told) {
      upsert();
      told = all;
    }
  }

  @Override
  public void scalars(Moment at, Map<String, Double> values) throws IOException {
    define(values.keySet());
    ObjectNode row = rows.next(at, values);
    stream(lines(row));
    rows.add(row);
  }

  @Override
  public void image(Moment at, String name, Picture picture) throws IOException {
    define(List.of(name));
    String path = rows.mediaPath(name, picture);
    upload(path, picture.png(), "image/png");
    ObjectNode row = rows.next(at, name, picture);
    ObjectNode request = lines(row);
    request.putArray("uploaded").add(path);
    stream(request);
    rows.add(row);
  }

  @Override
  public void file(String name, byte[] content, String type) throws IOException {
    upload(name, content, type);
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putArray("uploaded").add(name);
    stream(request);
  }

  private void upload(String path, byte[] content, String type) throws IOException {
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    variables.put("entity", entity).put("project", projectName).put("run", run.id());
    variables.putArray("files").add(path);
    String uploadUrl = "/data/createRunFiles/files/0/uploadUrl";
    String address = graphql(CREATE_FILES, variables, uploadUrl).at(uploadUrl).asText();
    http.putElsewhere(PatientHttp.address(base, address), content, type);
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("complete", true).put("exitcode", outcome.exitCode);
    stream(request);
  }

  private JsonNode graphql(String query, ObjectNode variables, String expected) throws IOException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("query", query).set("variables", variables);
    return http.post(base.resolve("graphql"), request, expected);
  }

  private ObjectNode lines(ObjectNode row) throws IOException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    ObjectNode files = request.putObject("files");
    addLine(files.putObject("wandb-history.jsonl"), rows.count(), row);
    addLine(files.putObject("wandb-summary.json"), 0, rows.summaryWith(row));
    return request;
  }

  private static void addLine(ObjectNode file, int offset, JsonNode line) throws IOException {
    file.put("offset", offset).putArray("content").add(JSON.writeValueAsString(line));
  }

  private void stream(ObjectNode request) throws IOException {
    String path =
        "files/%s/%s/%s/file_stream"
            .formatted(inPath(entity), inPath(projectName), inPath(run.id()));
    http.post(base.resolve(path), request, "");
  }

  private static String inPath(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
