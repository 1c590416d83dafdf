package engram.cl.strategy;

/**
 * The two numbers of BiC: logits of new classes become {@code alpha logit + beta}.
 *
 * @param alpha 1 for no change
 * @param beta 0 for no change
 */
record BiasCorrection(double alpha, double beta) {
  private static final int STEPS = 50;

  /**
   * Keeps the numbers finite when the images can be told apart without error: the loss has then no
   * minimum of its own.
   */
  private static final double RIDGE = 1e-3;

  /**
   * The correction with the smallest mean cross-entropy, plus a thousandth of {@code ((alpha - 1)^2
   * + beta^2) / 2}. The loss is convex in both; Newton's method, each step halved until the loss
   * falls.
   *
   * @param logits [images][classes]
   * @param labels label of each image
   * @param firstNew first class that is corrected
   */
  static BiasCorrection fit(float[][] logits, int[] labels, int firstNew) {
    BiasCorrection current = new BiasCorrection(1, 0);
    double loss = current.loss(logits, labels, firstNew);
    for (int step = 0; step < STEPS; step++) {
      double[] direction = current.newton(logits, labels, firstNew);
      double length = 1;
      BiasCorrection next = current.moved(direction, length);
      while (next.loss(logits, labels, firstNew) > loss && length > 1e-6) {
        length /= 2;
        next = current.moved(direction, length);
      }
      double reached = next.loss(logits, labels, firstNew);
      if (!(reached < loss)) {
        return current;
      }
      current = next;
      loss = reached;
    }
    return current;
  }

  private BiasCorrection moved(double[] direction, double length) {
    return new BiasCorrection(alpha + length * direction[0], beta + length * direction[1]);
  }

  /** What {@link #fit} makes small. */
  double loss(float[][] logits, int[] labels, int firstNew) {
    double total = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] p = probabilities(logits[i], firstNew);
      total -= Math.log(Math.max(p[labels[i]], Double.MIN_NORMAL));
    }
    return total / labels.length + RIDGE / 2 * ((alpha - 1) * (alpha - 1) + beta * beta);
  }

  private double[] probabilities(float[] row, int firstNew) {
    double[] p = new double[row.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < row.length; k++) {
      p[k] = k < firstNew ? row[k] : alpha * row[k] + beta;
      largest = Math.max(largest, p[k]);
    }
    double sum = 0;
    for (int k = 0; k < row.length; k++) {
      p[k] = StrictMath.exp(p[k] - largest);
      sum += p[k];
    }
    for (int k = 0; k < row.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** Minus the inverse Hessian times the gradient. */
  private double[] newton(float[][] logits, int[] labels, int firstNew) {
    int n = labels.length;
    double ga = RIDGE * (alpha - 1);
    double gb = RIDGE * beta;
    double haa = RIDGE;
    double hab = 0;
    double hbb = RIDGE;
    for (int i = 0; i < n; i++) {
      double[] p = probabilities(logits[i], firstNew);
      double mass = 0;
      double mean = 0;
      double square = 0;
      for (int k = firstNew; k < p.length; k++) {
        mass += p[k];
        mean += p[k] * logits[i][k];
        square += p[k] * logits[i][k] * logits[i][k];
      }
      boolean ofNew = labels[i] >= firstNew;
      ga += (mean - (ofNew ? logits[i][labels[i]] : 0)) / n;
      gb += (mass - (ofNew ? 1 : 0)) / n;
      haa += (square - mean * mean) / n;
      hab += (mean - mean * mass) / n;
      hbb += (mass - mass * mass) / n;
    }
    double determinant = haa * hbb - hab * hab;
    return new double[] {
      -(hbb * ga - hab * gb) / determinant, -(haa * gb - hab * ga) / determinant
    };
  }
}
