package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertSame;

import engram.backend.Buffer;
import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.optim.Sgd;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The end of a task of a {@link StrategyProbe}: images are asked one by one, training is noted. */
final class ProbedTask implements TaskEnd {
  private final StrategyProbe probe;
  private final Task task;

  ProbedTask(StrategyProbe probe, Task task) {
    this.probe = probe;
    this.task = task;
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public Examples trained() {
    return task.train();
  }

  @Override
  public IntStream compared() {
    return IntStream.range(0, probe.network.classes());
  }

  @Override
  public Network network() {
    return probe.network;
  }

  @Override
  public TaskEnd seenBy(Network other) {
    assertSame(probe.network, other, "the probe has one network");
    return this;
  }

  @Override
  public float[][] features(Examples examples) {
    return ask(examples, Inference.Batch::features);
  }

  @Override
  public float[][] variedFeatures(Examples examples, int copies) {
    float[][] once = features(examples);
    float[][] varied = new float[copies * once.length][];
    for (int i = 0; i < varied.length; i++) {
      varied[i] = once[i % once.length].clone();
      varied[i][0] += 0.01f * i / varied.length;
    }
    return varied;
  }

  /** There is one view here. */
  @Override
  public float[][] viewedFeatures(Examples examples, UnaryOperator<float[]> scaled) {
    return Arrays.stream(features(examples)).map(scaled).toArray(float[][]::new);
  }

  @Override
  public float[][] logits(Examples examples) {
    return ask(examples, Inference.Batch::logits);
  }

  private float[][] ask(Examples examples, Function<Inference.Batch, Buffer> output) {
    Inference.Batch one = new Inference(probe.network).batch(1);
    float[][] values = new float[examples.size()][];
    double[][] rows = StrategyProbe.rows(examples);
    for (int i = 0; i < values.length; i++) {
      for (int c = 0; c < StrategyProbe.PIXELS; c++) {
        one.inputs().write(c, new float[] {(float) rows[i][c]}, 0, 1);
      }
      one.run();
      values[i] = output.apply(one).read();
    }
    return values;
  }

  @Override
  public void train(Objective objective, Examples examples, int epochs, float rate) {
    probe.further.add(new StrategyProbe.Further(objective, examples, epochs, rate));
  }

  @Override
  public void gradients(Objective objective, Examples examples, int size) {
    Trainer trainer = new Trainer(probe.network, objective, new Sgd(0));
    trainer.learningRate(0);
    Batch batch = new Batch(size, StrategyProbe.PIXELS, Normalisation.UNIT);
    for (int from = 0; from < examples.size(); from += size) {
      batch.clear();
      for (int i = from; i < Math.min(from + size, examples.size()); i++) {
        batch.add(examples, i);
      }
      TrainingStep step = trainer.step(batch.size());
      batch.copyTo(step);
      step.run();
    }
  }
}
