package engram.bench.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A report as an artifact of W&B. All reports of a run folder are versions of one collection: each
 * finished strategy adds one, which the alias {@code latest} and one with the name of its run then
 * stand for. The exchange is that of W&B's own program, 0.30: create the artifact and a manifest,
 * ask where the file goes, store it, store the manifest, commit.
 *
 * @param collection letters, digits, dashes, underscores and dots, at most 128
 * @param aliases of this version
 * @param file name of the page in the artifact
 * @param clientId by which the server knows it when it is asked again after a lost answer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WandbArtifact(
    String collection, List<String> aliases, String file, byte[] page, String clientId) {
  static final String TYPE = "report";
  static final int MANIFEST_VERSION = 1;
  static final String STORAGE_POLICY = "wandb-storage-policy-v1";
  static final String STORAGE_LAYOUT = "V2";

  private static final int LONGEST_NAME = 128;
  private static final String MANIFEST_FILE = "wandb_manifest.json";

  private static final String CREATE =
      """
      mutation CreateArtifact($input: CreateArtifactInput!) {
        createArtifact(input: $input) {
          artifact { id state artifactSequence { latestArtifact { id } } }
        }
      }
      """;

  private static final String CREATE_MANIFEST =
      """
      mutation CreateArtifactManifest($artifactID: ID!, $baseArtifactID: ID, $name: String!,
          $digest: String!, $entityName: String!, $projectName: String!, $runName: String!,
          $manifestType: ArtifactManifestType!, $includeUpload: Boolean!) {
        createArtifactManifest(input: {artifactID: $artifactID, baseArtifactID: $baseArtifactID,
            name: $name, digest: $digest, entityName: $entityName, projectName: $projectName,
            runName: $runName, type: $manifestType}) {
          artifactManifest {
            id
            file {
              id
              uploadUrl @include(if: $includeUpload)
              uploadHeaders @include(if: $includeUpload)
            }
          }
        }
      }
      """;

  private static final String CREATE_FILES =
      """
      mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) {
        createArtifactFiles(input: $input) {
          files { edges { node { uploadUrl uploadHeaders artifact { id } } } }
        }
      }
      """;

  private static final String COMMIT =
      """
      mutation CommitArtifact($artifactID: ID!) {
        commitArtifact(input: {artifactID: $artifactID}) { artifact { id digest } }
      }
      """;

  /**
   * Where an artifact goes.
   *
   * @param run id of the run that made it
   */
  record Place(String entity, String project, String run) {}

  /** The report that a run left. */
  static WandbArtifact report(TrackedRun run, String file, byte[] page) {
    String name = ("report-" + run.group()).replaceAll("[^A-Za-z0-9_.-]", "-");
    String collection = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    String id = hex("SHA-512", run.id() + " " + md5(page)); // as long as theirs
    return new WandbArtifact(collection, List.of("latest", run.name()), file, page, id);
  }

  /** By which a collection that is made for this artifact is known when it is asked for again. */
  String sequenceClientId() {
    return hex("SHA-512", "sequence " + clientId);
  }

  /** MD5 of the page, in base 64. */
  String pageDigest() {
    return md5(page);
  }

  /** By which equal artifacts are known: MD5 of a list of names and digests, in hexadecimal. */
  String digest() {
    return hex("MD5", "wandb-artifact-manifest-v1\n%s:%s\n".formatted(file, pageDigest()));
  }

  /** Makes a version of it on the server, unless the newest has the same content. */
  void save(WandbApi api, Place place) throws IOException {
    JsonNode artifact =
        api.graphql(CREATE, variables(creation(place)), "/data/createArtifact/artifact/id")
            .at("/data/createArtifact/artifact");
    String id = artifact.path("id").asText();
    String state = artifact.path("state").asText();
    if (state.equals("COMMITTED")) {
      return;
    }
    if (!state.equals("PENDING") && !state.equals("DELETED")) { // the latter of older servers
      throw new PatientHttp.RefusedException("a new artifact is in state " + state, state);
    }
    JsonNode base = artifact.at("/artifactSequence/latestArtifact/id");
    String manifestId = createManifest(api, place, id, base, "").path("id").asText();
    String birth = storePage(api, id, manifestId);
    byte[] manifest = manifest(birth);
    JsonNode file = createManifest(api, place, id, base, md5(manifest)).path("file");
    api.store(address(file), WandbApi.headers(file.path("uploadHeaders")), manifest);
    ObjectNode committed = object().put("artifactID", id);
    api.graphql(COMMIT, committed, "/data/commitArtifact/artifact/id");
  }

  private ObjectNode creation(Place place) {
    ObjectNode input = object();
    input.put("entityName", place.entity()).put("projectName", place.project());
    input.put("runName", place.run()).put("artifactTypeName", TYPE);
    input.put("artifactCollectionName", collection);
    input.put("digest", digest()).put("digestAlgorithm", "MANIFEST_MD5");
    for (String alias : aliases) {
      ObjectNode named = input.withArray("aliases").addObject();
      named.put("artifactCollectionName", collection).put("alias", alias);
    }
    input.put("clientID", clientId).put("sequenceClientID", sequenceClientId());
    return input.put("enableDigestDeduplication", true);
  }

  /**
   * Also tells the server the digest of a manifest, once it is known.
   *
   * @param digest empty for none yet: then no address for it is asked for
   */
  private JsonNode createManifest(
      WandbApi api, Place place, String id, JsonNode base, String digest) throws IOException {
    ObjectNode variables = object().put("artifactID", id).put("name", MANIFEST_FILE);
    variables.put("baseArtifactID", base.isTextual() ? base.asText() : null);
    variables.put("digest", digest).put("manifestType", "FULL");
    variables.put("entityName", place.entity()).put("projectName", place.project());
    variables.put("runName", place.run()).put("includeUpload", !digest.isEmpty());
    String manifest = "/data/createArtifactManifest/artifactManifest";
    return api.graphql(CREATE_MANIFEST, variables, manifest + "/id").at(manifest);
  }

  /** Returns the id of the artifact to which the page belongs first of all. */
  private String storePage(WandbApi api, String id, String manifestId) throws IOException {
    ObjectNode input = object().put("storageLayout", STORAGE_LAYOUT);
    ObjectNode spec = input.putArray("artifactFiles").addObject();
    spec.put("artifactID", id).put("artifactManifestID", manifestId);
    spec.put("name", file).put("md5", pageDigest());
    String node = "/data/createArtifactFiles/files/edges/0/node";
    JsonNode place = api.graphql(CREATE_FILES, variables(input), node + "/artifact/id").at(node);
    if (!place.path("uploadUrl").isNull()) { // else the store has it
      api.store(address(place), WandbApi.headers(place.path("uploadHeaders")), page);
    }
    return place.at("/artifact/id").asText();
  }

  private static String address(JsonNode place) throws PatientHttp.RefusedException {
    JsonNode address = place.path("uploadUrl");
    if (!address.isTextual()) {
      throw new PatientHttp.RefusedException("no address for a file of an artifact", "");
    }
    return address.asText();
  }

  /** {@code wandb_manifest.json}. */
  private byte[] manifest(String birth) throws IOException {
    ObjectNode manifest = object();
    manifest.put("version", MANIFEST_VERSION).put("storagePolicy", STORAGE_POLICY);
    manifest.putObject("storagePolicyConfig").put("storageLayout", STORAGE_LAYOUT);
    ObjectNode entry = manifest.putObject("contents").putObject(file);
    entry.put("digest", pageDigest()).put("birthArtifactID", birth).put("size", page.length);
    return new ObjectMapper().writeValueAsBytes(manifest);
  }

  private static ObjectNode variables(ObjectNode input) {
    ObjectNode variables = object();
    variables.set("input", input);
    return variables;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String md5(byte[] bytes) {
    return Base64.getEncoder().encodeToString(digest("MD5", bytes));
  }

  private static String hex(String algorithm, String text) {
    return HexFormat.of().formatHex(digest(algorithm, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
