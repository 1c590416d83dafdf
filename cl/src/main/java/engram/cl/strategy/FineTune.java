package engram.cl.strategy;

/**
 * Cross-entropy on the new images alone, as it stands in {@link Strategy#loss}. Nothing is done
 * against forgetting: the lower bound.
 */
public final class FineTune implements Strategy {}
