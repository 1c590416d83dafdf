import engram.learn.api.Looking;

/**
 * Ten questions on one training step. Look at it with
 *
 * <pre>
 * engram step  --network "conv 4 3 pad 1, relu, pool 2, flatten" --batch 4
 * engram graph --network "conv 4 3 pad 1, relu, pool 2, flatten" --batch 4
 * </pre>
 *
 * and put each answer in the place of 0, -1 or "". Questions 1 to 4 and 9 are on the step as it is
 * recorded: add --no-fusion. Questions 7 to 9 are on the numbers of the first step, which engram
 * step shows; three digits will do. A node is what has a number in the list of engram graph; views
 * and assignments that cost nothing have none.
 */
public class Look implements Looking.Answers {
  /** 1. Of how many nodes is the forward pass, from the convolution to the loss? */
  @Override
  public int recordedForward() {
    return 0;
  }

  /** 2. How many nodes does differentiation append behind them, the update not counted? */
  @Override
  public int appendedBackward() {
    return 0;
  }

  /**
   * 3. How many numbers does the convolution make? Its result is [pictures, rows, columns,
   * channels].
   */
  @Override
  public int elementsOfConvolution() {
    return 0;
  }

  /** 4. How many numbers has the gradient of the classifier's weight? */
  @Override
  public int elementsOfLinearGradient() {
    return 0;
  }

  /** 5. With fusion: which op does in one what convolution and bias did in two? Its name. */
  @Override
  public String fusedInto() {
    return "";
  }

  /** 6. With fusion: how many nodes has the whole step? */
  @Override
  public int fusedNodes() {
    return 0;
  }

  /**
   * 7. What is the loss, before the network has learnt anything? A norm of one number is its size.
   */
  @Override
  public double loss() {
    return 0;
  }

  /** 8. What is the norm of the gradient of the convolution's weight? */
  @Override
  public double normOfConvolutionGradient() {
    return 0;
  }

  /**
   * 9. What share of the numbers that the gradient of max-pooling makes is 0, in percent? Compare
   * what goes in with what comes out.
   */
  @Override
  public double percentOfZeros() {
    return 0;
  }

  /** 10. How many nodes compute a gradient of the pictures? */
  @Override
  public int inputGradients() {
    return -1;
  }
}
