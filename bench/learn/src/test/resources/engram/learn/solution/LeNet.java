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

public class LeNet implements Loop.Convolutional {
  @Override
  public Sequential layers(Shape input, int classes) {
    return Sequential.of(
        input,
        new Conv2d(1, 6, 5, 2),
        new Relu(),
        new MaxPool2d(2),
        new Conv2d(6, 16, 5, 0),
        new Relu(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(400, 120),
        new Relu(),
        new Linear(120, 84),
        new Relu(),
        new Linear(84, classes));
  }

  @Override
  public void train(Network network, Examples examples) {
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Adam(0.002));
    for (int epoch = 0; epoch < 7; epoch++) {
      trainer.learningRate(epoch < 5 ? 0.002f : 0.0005f);
      for (Examples batch : examples.shuffled(1, epoch).batches(64)) {
        trainer.train(batch);
      }
    }
  }
}
