package engram.backend.opencl.ops;

import engram.backend.Operand;
import java.util.Optional;

/**
 * The gradient of a convolution with respect to its weights, as it is wanted.
 *
 * @param x images, [N, H, W, C]
 * @param dy gradient of the output
 * @param dw where the result goes, [KH, KW, C, O]
 * @param sums where the sums of dy over all pixels go, [O], if they are wanted
 */
public record WeightGradient(
    int stride, int padding, Operand x, OutputGradient dy, Operand dw, Optional<Operand> sums) {}
