package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Optional;

/** A strategy that does all as another one does; a subclass says what it does differently. */
abstract class Delegating implements Strategy {
  private final Strategy inner;

  Delegating(Strategy inner) {
    this.inner = inner;
  }

  @Override
  public void requireFits(Sequential model) {
    inner.requireFits(model);
  }

  @Override
  public void beforeTask(Network before, Task task) {
    inner.beforeTask(before, task);
  }

  @Override
  public Examples trainingSet(TaskSequence sequence, Task task) {
    return inner.trainingSet(sequence, task);
  }

  @Override
  public boolean learns(Task task) {
    return inner.learns(task);
  }

  @Override
  public boolean startsAnew() {
    return inner.startsAnew();
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    inner.beforeTraining(network, task);
  }

  @Override
  public int replay(Batch batch, CounterRandom random) {
    return inner.replay(batch, random);
  }

  @Override
  public Tensor loss(StepTape step) {
    return inner.loss(step);
  }

  @Override
  public void adjust(StepTape step, Tensor gradients) {
    inner.adjust(step, gradients);
  }

  @Override
  public void afterUpdate(StepTape step, Tensor gradients) {
    inner.afterUpdate(step, gradients);
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    inner.fill(step, batch);
  }

  @Override
  public void afterStep() {
    inner.afterStep();
  }

  @Override
  public boolean remembersEachStep() {
    return inner.remembersEachStep();
  }

  @Override
  public void remember(Examples seen, Readout network) {
    inner.remember(seen, network);
  }

  @Override
  public void afterTask(TaskEnd end) {
    inner.afterTask(end);
  }

  @Override
  public Predictor predictor(Network trained) {
    return inner.predictor(trained);
  }

  @Override
  public Optional<MemoryBuffer> memory() {
    return inner.memory();
  }

  @Override
  public void state(State state) {
    inner.state(state.in("inner"));
  }
}
