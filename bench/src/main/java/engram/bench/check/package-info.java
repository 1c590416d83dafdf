/**
 * {@code engram check}: the gradients of the whole loss of a network and a strategy beside finite
 * differences. {@link engram.bench.check.FewImages} are a data set small enough for double
 * precision, {@link engram.bench.check.CheckedStep} is the step of a real experiment on them.
 */
package engram.bench.check;
