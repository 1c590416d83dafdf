/**
 * Comparison with another library: {@link engram.nn.verify.Verification} runs every case of a
 * vector file and gives an {@link engram.nn.verify.Outcome} for each. A {@code VectorCase} is one
 * case of the file and its {@code Attributes}; {@code OpCases}, {@code OptimiserCases} and {@code
 * TrainingCases} compute it here, and {@code Axes} bring PyTorch's channels-first images to the
 * engine's order; a {@code Comparison} keeps the worst error. Operands may be {@link
 * engram.nn.verify.Drawn} and results given by a {@link engram.nn.verify.Sketch}, so that large
 * shapes fit into a small file. What a case asks for beyond that is not passed over: it fails as
 * not understood.
 */
package engram.nn.verify;
