/**
 * What a tensor is before there are numbers: a {@link engram.tensor.Shape}, and a {@link
 * engram.tensor.Tensor}, which is a handle with a shape and a name. The numbers live in the plan
 * that runs a computation. A {@link engram.tensor.ShapeException} says which op was given which
 * shapes, which rule they break, and what to do.
 */
package engram.tensor;
