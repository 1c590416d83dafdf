/**
 * From examples to the inputs of a step: {@link engram.cl.stream.Batches} shuffles and cuts, {@link
 * engram.cl.stream.Batch} holds one batch as floats and is the one place that copies images and
 * labels into a step or a forward pass, {@link engram.cl.stream.Augmentation} varies the images on
 * their way.
 */
package engram.cl.stream;
