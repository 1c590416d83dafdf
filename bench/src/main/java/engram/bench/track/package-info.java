/**
 * Trackers: TensorBoard, W&amp;B and MLflow. {@link engram.bench.track.Tracking} hears the events
 * of a run, {@code Delivery} brings them to a {@code Tracker} in a thread of its own so that
 * training never waits, {@link engram.bench.track.Targets} says which trackers there are. The
 * formats are written here byte by byte: {@code EventFile} and {@code WandbLog}; {@code
 * PatientHttp} talks to servers. How to use them: {@code bench/TRACKING.md}.
 */
package engram.bench.track;
