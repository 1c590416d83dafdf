package engram.spark;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What Spark needs of the JVM. */
final class SparkJvm {
  private SparkJvm() {}

  /**
   * Whether this JVM was started with the options that Spark needs, which spark-submit gives and
   * the file jvm.options has.
   *
   * @throws IOException saying how to start it if it was not
   */
  static void check() throws IOException {
    boolean open = ByteBuffer.class.getModule().isOpen("java.nio", SparkJvm.class.getModule());
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!open || !vectors) {
      throw new IOException(
          """
          Java was started without %s, which Spark needs.
          Start with bench/spark/engram-spark, with spark-submit, or with  java @bench/spark/jvm.options\
          """
              .formatted(
                  open
                      ? "--add-modules=jdk.incubator.vector"
                      : "--add-opens=java.base/java.nio=ALL-UNNAMED and its kind"));
    }
  }
}
