package engram.bench.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.nn.Network;
import engram.nn.io.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run notes in a checkpoint beside the network, so that the file alone can be used: as
 * metadata of the safetensors file, under {@code strategy}, {@code seed}, {@code pixels}, {@code
 * classes} and {@code answer}.
 *
 * @param pixels how the bytes of an image become what the network sees
 * @param classes name of the class that each logit stands for
 * @param byLogits whether the largest logit was the strategy's answer
 */
public record CheckpointNotes(
    String strategy, long seed, String pixels, List<String> classes, boolean byLogits) {
  /** Metadata: how the pixels of an image become the floats that the network sees. */
  public static final String PIXELS = "pixels";

  private static final String ANSWER = "answer";
  private static final String LOGITS = "logits";

  /** Writes a network with these notes. */
  public void save(Network network, Path file) throws IOException {
    Checkpoint.save(network, metadata(), file);
  }

  private Map<String, String> metadata() throws JsonProcessingException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("strategy", strategy);
    metadata.put("seed", String.valueOf(seed));
    metadata.put(PIXELS, pixels);
    metadata.put("classes", new ObjectMapper().writeValueAsString(classes));
    metadata.put(ANSWER, byLogits ? LOGITS : "head");
    return metadata;
  }

  /** Whether the network of a checkpoint gives the answer of the strategy that trained it. */
  public static boolean answersByLogits(Map<String, String> metadata) {
    return metadata.getOrDefault(ANSWER, LOGITS).equals(LOGITS);
  }
}
