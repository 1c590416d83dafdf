/**
 * From examples to the inputs of a step. {@link engram.cl.stream.TaskLength} says how many passes
 * and steps there are, {@link engram.cl.stream.Batches} shuffles and cuts one pass, {@link
 * engram.cl.stream.Batch} holds one batch as floats and is the one place that copies images and
 * labels into a step or a forward pass. {@link engram.cl.stream.ImageInput} is how images come into
 * it: varied by an {@link engram.cl.stream.Augmentation}, made numbers by a {@link
 * engram.cl.stream.Normalisation}, which a {@link engram.cl.stream.PixelScale} names.
 */
package engram.cl.stream;
