import engram.cl.catalog.StrategyCatalog;
import engram.cl.catalog.StrategyProvider;
import engram.cl.memory.MemoryBuffer;
import engram.cl.strategy.Rehearsal;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/** A strategy of your own. As it stands it is er: new images and remembered ones, all alike. */
public class Mine implements StrategyProvider {
  @Override
  public StrategyCatalog.Entry entry() {
    return StrategyCatalog.strategy("mine", "my own", c -> new Own(c.memory()))
        .does("what yours does, in one line")
        .keeps(StrategyCatalog.ANY, "buffer", "2");
  }

  private static class Own extends Rehearsal {
    Own(MemoryBuffer memory) {
      super(memory);
    }

    @Override
    public Tensor loss(StepTape step) {
      return step.crossEntropy(step.forward().logits(), step.targets()); // TODO
    }
  }
}
