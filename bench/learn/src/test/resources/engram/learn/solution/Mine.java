import engram.cl.catalog.StrategyCatalog;
import engram.cl.catalog.StrategyProvider;
import engram.cl.memory.MemoryBuffer;
import engram.cl.strategy.Rehearsal;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

public class Mine implements StrategyProvider {
  @Override
  public StrategyCatalog.Entry entry() {
    return StrategyCatalog.strategy("apart", "my own", c -> new Apart(c.memory()))
        .keeps(StrategyCatalog.ANY, "buffer", "2")
        .does("new classes are compared among themselves, remembered ones with all");
  }

  private static class Apart extends Rehearsal {
    private int first;

    Apart(MemoryBuffer kept) {
      super(kept);
    }

    @Override
    public void beforeTask(Network before, Task task) {
      first = task.firstLabel();
    }

    @Override
    public boolean remembersEachStep() {
      return true;
    }

    @Override
    public Tensor loss(StepTape step) {
      Tensor logits = step.forward().logits();
      if (step.parts() == 1) {
        return step.crossEntropy(logits, step.targets());
      }
      Tensor fresh = step.part(0, logits);
      Tensor own = step.narrow(fresh, 1, first, fresh.shape().dim(1) - first);
      Tensor ofNew = step.crossEntropy(own, step.shift(step.part(0, step.targets()), -first));
      Tensor ofOld = step.crossEntropy(step.part(1, logits), step.part(1, step.targets()));
      return step.add(ofNew, ofOld);
    }
  }
}
