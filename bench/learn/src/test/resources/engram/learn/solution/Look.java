import engram.learn.api.Looking;

public class Look implements Looking.Answers {
  @Override
  public int recordedForward() {
    return 7;
  }

  @Override
  public int appendedBackward() {
    return 9;
  }

  @Override
  public int elementsOfConvolution() {
    return 16384;
  }

  @Override
  public int elementsOfLinearGradient() {
    return 44032;
  }

  @Override
  public String fusedInto() {
    return "fused_conv2d";
  }

  @Override
  public int fusedNodes() {
    return 12;
  }

  @Override
  public double loss() {
    return 3.85;
  }

  @Override
  public double normOfConvolutionGradient() {
    return 0.485;
  }

  @Override
  public double percentOfZeros() {
    return 75;
  }

  @Override
  public int inputGradients() {
    return 0;
  }
}
