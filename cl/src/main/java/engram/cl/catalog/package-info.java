/**
 * Strategies by name. To read in this order:
 *
 * <ol>
 *   <li>{@link engram.cl.catalog.StrategyCatalog}: one entry a strategy, with what it keeps, its
 *       cost, its hyper-parameters and what makes it;
 *   <li>{@link engram.cl.catalog.StrategySpec}: {@code der++_alpha=0.2@ring+nme} as a person writes
 *       it; {@link engram.cl.catalog.HyperParameters} are the {@code alpha=0.2} in it;
 *   <li>{@link engram.cl.catalog.StrategyContext}: what an entry makes its strategy from;
 *   <li>{@link engram.cl.catalog.Strategies}: from a text to a strategy; those of the catalogue,
 *       and what {@link engram.cl.catalog.StrategyProvider}s from outside add to them.
 * </ol>
 */
package engram.cl.catalog;
