package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Linear;
import engram.nn.layer.Relu;
import engram.nn.optim.Adam;
import engram.op.Op;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {
  private static final Sequential LAYERS =
      Sequential.of(shape(6), new Linear(6, 8), new Relu(), new Linear(8, 3));

  /** Lends itself for warm-ups and tells of each kernel that is run. */
  private static final class Watched implements Backend {
    private final Backend plain = VectorBackend.plain(1);
    private final Consumer<String> beforeRun;
    private final AtomicBoolean closed = new AtomicBoolean();

    Watched(Consumer<String> beforeRun) {
      this.beforeRun = beforeRun;
    }

    @Override
    public Optional<Backend> forWarmUp() {
      return Optional.of(this);
    }

    @Override
    public String name() {
      return plain.name();
    }

    @Override
    public String description() {
      return plain.description();
    }

    @Override
    public Buffer allocate(int elements) {
      return plain.allocate(elements);
    }

    @Override
    public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
      Kernel kernel = plain.bind(op, inputs, outputs);
      return () -> {
        beforeRun.accept(op.name());
        kernel.run();
      };
    }

    @Override
    public void finish() {
      plain.finish();
    }

    @Override
    public void close() {
      closed.set(true);
      plain.close();
    }
  }

  private static WarmUp begun(Backend backend) {
    WarmUp warmUp = new WarmUp(backend, new Adam(), new TrainingOptions());
    warmUp.begin(LAYERS);
    return warmUp;
  }

  private static TrainingStep step(Backend backend) {
    Trainer trainer =
        new Trainer(Network.create(LAYERS, backend, 1), Objective.crossEntropy(), new Adam());
    return trainer.step(2);
  }

  @Test
  void everyKernelOfTheStepIsRunOftenAndAllIsGivenBack() {
    Map<String, Integer> runs = new ConcurrentHashMap<>();
    Watched backend = new Watched(op -> runs.merge(op, 1, Integer::sum));
    begun(backend).finish();
    try (Backend plain = VectorBackend.plain(1)) {
      step(plain)
          .plan()
          .steps()
          .forEach(
              node -> assertTrue(runs.getOrDefault(node.op().name(), 0) >= 20, node.op().name()));
    }
    assertTrue(backend.closed.get());
  }

  @Test
  void trainingBesideItGivesTheSameBits() {
    assertArrayEquals(parametersAfterSteps(false), parametersAfterSteps(true));
  }

  private static float[] parametersAfterSteps(boolean warm) {
    try (Backend backend = VectorBackend.plain(2)) {
      Network network = Network.create(LAYERS, backend, 1);
      Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Adam());
      Optional<WarmUp> warmUp = warm ? Optional.of(begun(backend)) : Optional.empty();
      TrainingStep step = trainer.step(2);
      for (int i = 0; i < 5; i++) {
        step.run();
      }
      warmUp.ifPresent(WarmUp::finish);
      step.run();
      assertEquals(6, trainer.steps());
      return network.parameters().buffer().read();
    }
  }

  @Test
  void whatFailsInItIsLeftToTraining() {
    Watched backend =
        new Watched(
            op -> {
              throw new IllegalStateException(op);
            });
    begun(backend).finish();
    assertTrue(backend.closed.get());
  }

  @Test
  void closingEndsItAfterTheKernelThatRuns() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Map<String, Integer> runs = new ConcurrentHashMap<>();
    Watched backend =
        new Watched(
            op -> {
              runs.merge(op, 1, Integer::sum);
              begun.countDown();
              try {
                closed.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    WarmUp warmUp = begun(backend);
    begun.await();
    warmUp.close();
    closed.countDown();
    warmUp.finish();
    assertEquals(List.of(1), List.copyOf(runs.values()));
  }

  @Test
  void nothingIsDoneWhereKernelsNeedNoWarmUp() {
    try (Backend reference = new ReferenceBackend()) {
      assertTrue(reference.forWarmUp().isEmpty());
      begun(reference).finish();
    }
  }
}
