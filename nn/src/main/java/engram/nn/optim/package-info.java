/**
 * How gradients change parameters. An {@link engram.nn.optim.Optimiser} is a value, its settings,
 * such as {@link engram.nn.optim.Sgd} or {@link engram.nn.optim.Adam}; what it remembers between
 * steps is an {@link engram.nn.optim.OptimiserState}. A {@link engram.nn.optim.Schedule} changes
 * its learning rate over time.
 */
package engram.nn.optim;
