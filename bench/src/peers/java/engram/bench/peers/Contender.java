package engram.bench.peers;

/**
 * One of those that are timed in turns.
 *
 * @param name such as {@code libtorch nchw}
 * @param work what one step does, such as {@code training}
 * @param perStep what a step is worth, in {@code unit}
 * @param unit images, or billions of operations
 * @param step runs one step and reads its result
 */
record Contender(String name, String work, double perStep, String unit, Runnable step) {}
