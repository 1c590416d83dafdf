/**
 * {@link engram.nn.init.Initialiser}: how the first values of parameters are drawn, each a function
 * of seed, name and position alone.
 */
package engram.nn.init;
