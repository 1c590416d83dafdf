package engram.backend.vector;

import engram.backend.Kernel;
import engram.op.AdamStep;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of Adam, many parameters at a time. Only operations that are exactly rounded are used,
 * so vector lanes and the loop for the rest give the bits that plain float arithmetic gives.
 *
 * <p>The vectors are written out because the five arrays start at different offsets, which keeps
 * the compiler from proving that it may do so itself. What depends on the step alone is computed
 * once, in double, by the thread that runs the kernel, before the workers start; the step counter
 * changes after they are done.
 */
final class AdamKernel implements Kernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final AdamStep op;
  private final HostBuffer p;
  private final HostBuffer g;
  private final HostBuffer m;
  private final HostBuffer v;
  private final HostBuffer step;
  private final HostBuffer rate;
  private final Kernel loop;
  private final float mix;
  private final float keepSquare;
  private final float mixSquare;
  private final float epsilon;
  private final float addedDecay;

  /** Factor on p before the step: 1 - rate weightDecay if decoupled. */
  private float shrink;

  /** rate / (1 - beta1^step). */
  private float stride;

  /** sqrt(1 - beta2^step). */
  private float squareCorrection;

  AdamKernel(
      Parallel parallel,
      AdamStep op,
      HostBuffer p,
      HostBuffer g,
      HostBuffer m,
      HostBuffer v,
      HostBuffer step,
      HostBuffer rate) {
    this.op = op;
    this.p = p;
    this.g = g;
    this.m = m;
    this.v = v;
    this.step = step;
    this.rate = rate;
    mix = (float) (1 - op.beta1());
    keepSquare = (float) op.beta2();
    mixSquare = (float) (1 - op.beta2());
    epsilon = (float) op.epsilon();
    addedDecay = op.decoupled() ? 0 : (float) op.weightDecay();
    loop = parallel.elements(p.elements(), this::update);
  }

  @Override
  public void run() {
    double steps = step.data()[step.offset()] + 1.0;
    double learningRate = rate.data()[rate.offset()];
    shrink = op.decoupled() ? (float) (1 - learningRate * op.weightDecay()) : 1;
    stride = (float) (learningRate / (1 - StrictMath.pow(op.beta1(), steps)));
    squareCorrection = (float) StrictMath.sqrt(1 - StrictMath.pow(op.beta2(), steps));
    loop.run();
    step.data()[step.offset()] = (float) steps;
  }

  private void update(int from, int to) {
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
    for (; i < to; i++) {
      float value = parameters[p.offset() + i];
      float gradient = gradients[g.offset() + i] + value * addedDecay;
      float mean = means[m.offset() + i];
      mean += (gradient - mean) * mix;
      float square = squares[v.offset() + i] * keepSquare + gradient * gradient * mixSquare;
      means[m.offset() + i] = mean;
      squares[v.offset() + i] = square;
      float scale = (float) Math.sqrt(square) / squareCorrection + epsilon;
      parameters[p.offset() + i] = value * shrink - mean * stride / scale;
    }
  }
}
