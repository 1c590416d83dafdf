/**
 * The German Traffic Sign Recognition Benchmark, in every layout that it is handed around in. The
 * walk is straight: {@link engram.data.gtsrb.Gtsrb} asks {@code Sources} what lies at a path, opens
 * each {@code Archive} (folder or zip), finds the sets by {@code Layout}, reads their tables with
 * {@code Annotations}, decodes and resizes.
 */
package engram.data.gtsrb;
