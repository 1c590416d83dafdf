/**
 * {@code engram sweep} on Apache Spark. A {@link engram.spark.SparkEngine} is the driver: it has a
 * job of one task for each unit. A {@link engram.spark.UnitTask} carries one out on an executor, in
 * a folder there, which a {@link engram.spark.RemoteUnit} copies from and to the place where the
 * sweep lies.
 */
package engram.spark;
