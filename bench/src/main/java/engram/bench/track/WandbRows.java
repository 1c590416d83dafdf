package engram.bench.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The history of a W&B run: rows that count up from 0, and a summary that holds the last value of
 * each name. Neither the server nor {@code wandb sync} derives {@code _step}, {@code _runtime} and
 * {@code _timestamp}, or the summary.
 */
final class WandbRows {
  /** The figure that all others are drawn over. */
  static final String EPOCH = "epoch";

  private final Instant started;
  private final ObjectNode summary = JsonNodeFactory.instance.objectNode();
  private final List<String> defined = new ArrayList<>();
  private int count;

  WandbRows(Instant started) {
    this.started = started;
  }

  /**
   * From now on these are drawn over {@link #EPOCH}: without that W&B draws them over the number of
   * the row.
   */
  void define(Collection<String> names) {
    List<String> all = new ArrayList<>(List.of(EPOCH));
    all.addAll(names);
    all.removeAll(defined);
    defined.addAll(all);
  }

  /** All names so far, in the order in which they came. */
  List<String> defined() {
    return List.copyOf(defined);
  }

  /**
   * All names that were defined, as the config of a run has them under {@code _wandb.m}: by the
   * numbers of MetricRecord's fields 1 name, 5 place of the metric on the x axis in this list from
   * 1, 6 options (1 step_sync, 3 defined).
   */
  ArrayNode definitions() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (String name : defined) {
      ObjectNode metric = all.addObject().put("1", name);
      if (!name.equals(EPOCH)) {
        metric.put("5", defined.indexOf(EPOCH) + 1);
      }
      metric.putArray("6").add(name.equals(EPOCH) ? 3 : 1);
    }
    return all;
  }

  /** The next row; it counts when it is added, so that one that was lost can be asked for again. */
  ObjectNode next(Moment at, Map<String, Double> values) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put(EPOCH, at.epoch());
    values.forEach(row::put);
    return completed(row, at);
  }

  /** The same with a picture. */
  ObjectNode next(Moment at, String name, Picture picture) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put(EPOCH, at.epoch());
    row.putObject(name)
        .put("_type", "image-file")
        .put("path", mediaPath(name, picture))
        .put("format", "png")
        .put("width", picture.width())
        .put("height", picture.height())
        .put("size", picture.png().length)
        .put("sha256", sha256(picture));
    return completed(row, at);
  }

  /** Where the picture of the next row lies among the run's files. */
  String mediaPath(String name, Picture picture) {
    return "media/images/%s_%s_%s.png".formatted(name, count, sha256(picture).substring(0, 20));
  }

  /** A row is where it belongs. */
  void add(ObjectNode row) {
    count++;
    summary.setAll(row);
  }

  /** The last value of each name so far. */
  JsonNode summary() {
    return summary;
  }

  /** The same when a row will have been added. */
  JsonNode summaryWith(ObjectNode row) {
    return summary.deepCopy().setAll(row);
  }

  int count() {
    return count;
  }

  private ObjectNode completed(ObjectNode row, Moment at) {
    row.put("_step", count);
    row.put("_runtime", Duration.between(started, at.time()).toMillis() / 1e3);
    row.put("_timestamp", at.time().toEpochMilli() / 1e3);
    return row;
  }

  private static String sha256(Picture picture) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture.png()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
