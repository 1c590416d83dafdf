package engram.spark;

import engram.bench.sweep.SweepEngine;
import org.apache.spark.SparkConf;

/** Settings of Spark for a sweep; what a person sets wins where both make sense. */
final class SparkSettings {
  private SparkSettings() {}

  /**
   * Adds what a sweep needs.
   *
   * @param given what spark-submit was told
   */
  static SparkConf of(SweepEngine.Order order, SparkConf given) {
    SparkConf conf = given.clone();
    conf.setIfMissing("spark.app.name", "engram sweep " + order.plan().name());
    if (!order.on().isEmpty()) {
      conf.setMaster(order.on());
    }
    order.threads().ifPresent(threads -> conf.set("spark.task.cpus", String.valueOf(threads)));
    conf.setIfMissing("spark.log.level", "WARN");
    if (conf.get("spark.master", "").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
    }
    // A second copy of a slow task would write into the folder of the first.
    conf.set("spark.speculation", "false");
    conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    // Spark itself adds the Vector API and what it opens. The collector is that of bench/engram:
    // it puts large arrays where the kernels like them.
    String java = conf.get("spark.executor.extraJavaOptions", "");
    if (!java.contains("-XX:+Use")) {
      conf.set("spark.executor.extraJavaOptions", (java + " -XX:+UseG1GC").strip());
    }
    return conf;
  }
}
