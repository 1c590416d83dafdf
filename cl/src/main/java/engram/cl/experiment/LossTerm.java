package engram.cl.experiment;

/**
 * One part of a loss.
 *
 * @param name short, as shown beside a progress bar: {@code ce}, {@code kd}
 * @param value mean over the images of a step or an epoch
 */
public record LossTerm(String name, double value) {}
