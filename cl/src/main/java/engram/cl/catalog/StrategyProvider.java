package engram.cl.catalog;

/**
 * A strategy from outside: a class of one's own, public and with a public constructor without
 * parameters, says here what belongs into the table of strategies.
 *
 * <p>{@code engram run --strategies MyStrategy.java,er} compiles it; one in a jar is named in its
 * {@code META-INF/services/engram.cl.catalog.StrategyProvider}.
 */
public interface StrategyProvider {

  /** The strategy as {@link StrategyCatalog} has it; see {@link StrategyCatalog#strategy}. */
  StrategyCatalog.Entry entry();
}
