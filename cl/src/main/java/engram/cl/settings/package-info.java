/**
 * What decides the results of a run, apart from the data. To read in this order:
 *
 * <ol>
 *   <li>{@link engram.cl.settings.Settings}: the values of one run, in four parts;
 *   <li>{@link engram.cl.settings.Options}: the one table of options; a row is an {@link
 *       engram.cl.settings.Option}, its values are of a {@link engram.cl.settings.Kind}; {@link
 *       engram.cl.settings.Values} reads what was given by it;
 *   <li>{@link engram.cl.settings.Preset}: protocols with a name, as values of options;
 *   <li>{@link engram.cl.settings.FirstValues}, {@link engram.cl.settings.Optimisation}, {@link
 *       engram.cl.settings.RateSchedule}: what some of the names stand for;
 *   <li>{@link engram.cl.settings.Choice}: what is said of a name that there is not.
 * </ol>
 */
package engram.cl.settings;
