import engram.learn.api.Loop;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Relu;
import engram.nn.optim.Adam;
import engram.nn.train.Examples;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.tensor.Shape;

/** LeNet-5 for digits: 99 % of new ones. */
public class LeNet implements Loop.Convolutional {
  @Override
  public Sequential layers(Shape input, int classes) {
    // TODO twelve layers
    return Sequential.of(input);
  }

  @Override
  public void train(Network network, Examples examples) {
    // TODO
  }
}
