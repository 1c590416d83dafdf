package engram.backend.vector.light;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.AdamStep;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of Adam, many parameters at a time. Only operations that are exactly rounded are used,
 * so each lane has the bits of the plain loop.
 *
 * <p>The compiler does not turn the plain loop into this by itself: the arrays start at different
 * offsets and might be one array, and it cannot prove that they do not overlap.
 */
public final class AdamVectorKernel extends AdamKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  public AdamVectorKernel(Parallel parallel, AdamStep op, List<HostBuffer> operands) {
    super(parallel, op, operands);
  }

  @Override
  void update(int from, int to) {
    float[] parameters = p.data();
    float[] gradients = g.data();
    float[] means = m.data();
    float[] squares = v.data();
    int i = from;
    for (; i + SPECIES.length() <= to; i += SPECIES.length()) {
      FloatVector value = FloatVector.fromArray(SPECIES, parameters, p.offset() + i);
      FloatVector gradient =
          FloatVector.fromArray(SPECIES, gradients, g.offset() + i).add(value.mul(addedDecay));
      FloatVector mean = FloatVector.fromArray(SPECIES, means, m.offset() + i);
      FloatVector square = FloatVector.fromArray(SPECIES, squares, v.offset() + i);
      mean = mean.add(gradient.sub(mean).mul(mix));
      square = square.mul(keepSquare).add(gradient.mul(gradient).mul(mixSquare));
      mean.intoArray(means, m.offset() + i);
      square.intoArray(squares, v.offset() + i);
      FloatVector scale = square.sqrt().div(squareCorrection).add(epsilon);
      value.mul(shrink).sub(mean.mul(stride).div(scale)).intoArray(parameters, p.offset() + i);
    }
    super.update(i, to);
  }
}
