package engram.backend;

/**
 * One of several ways to do an op.
 *
 * @param name as people read it, such as {@code winograd}
 * @param cost estimate of its time, in any unit that all ways of an op share
 */
public record Way(String name, double cost) {}
