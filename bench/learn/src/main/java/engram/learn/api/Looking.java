package engram.learn.api;

/** Chapter 0: what a training step is made of, read off it. */
public final class Looking {
  private Looking() {}

  /** The answers to ten questions; they stand at the methods of the learner's file. */
  public interface Answers {
    int recordedForward();

    int appendedBackward();

    int elementsOfConvolution();

    int elementsOfLinearGradient();

    String fusedInto();

    int fusedNodes();

    double loss();

    double normOfConvolutionGradient();

    double percentOfZeros();

    int inputGradients();
  }
}
