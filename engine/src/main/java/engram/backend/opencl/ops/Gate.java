package engram.backend.opencl.ops;

import engram.backend.Operand;

/**
 * What follows a product that is the gradient behind a leaky rectifier: where {@code y}, the
 * rectifier's result, is not above 0, the product times {@code slope}.
 */
public record Gate(Operand y, float slope) {}
