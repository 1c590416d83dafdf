package engram.cl.experiment;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.model.SimpleCnn;
import engram.nn.optim.Adam;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference network, batches of 64, 256 images of each task. */
class MeasuringPaceTest {
  private static double training;
  private static double measuringATask;

  @BeforeAll
  static void count() {
    try (Backend backend = new ReferenceBackend()) {
      Network network = Network.create(SimpleCnn.of(shape(32, 32, 3), 43), backend, 1);
      training =
          MeasuringPace.work(
              new Trainer(network, Objective.crossEntropy(), new Adam(1e-3)).step(64).plan());
      measuringATask = MeasuringPace.work(new Inference(network).batch(HeldImages.OF_TASK).plan());
    }
  }

  /** Steps of a task after which it is measured, the beginning as step 0. */
  private static List<Integer> measured(int steps, double cost) {
    MeasuringPace pace = new MeasuringPace(steps, cost);
    pace.begin();
    List<Integer> measured = new ArrayList<>(List.of(0));
    for (int done = 1; done <= steps; done++) {
      if (pace.due(done, training)) {
        measured.add(done);
      }
    }
    return measured;
  }

  @Test
  void measuringTakesNoMoreWorkThanTraining() {
    for (int tasks = 1; tasks <= 20; tasks++) {
      double cost = tasks * measuringATask;
      for (int steps = 1; steps <= 2000; steps += 1 + steps / 7) {
        List<Integer> measured = measured(steps, cost);
        assertEquals(0, measured.getFirst());
        assertEquals(steps, measured.getLast());
        double ratio = cost * measured.size() / (training * steps);
        assertTrue(
            ratio <= 1 || measured.size() == 2,
            "%d tasks, %d steps: %.2f of the training, at %s"
                .formatted(tasks, steps, ratio, measured));
      }
    }
  }

  @Test
  void itIsMeasuredAsOftenAsThatAllows() {
    double cost = 3 * measuringATask;
    List<Integer> measured = measured(600, cost);
    for (int first = 0; first <= 16; first++) {
      assertEquals(first, measured.get(first), "each of the first steps");
    }
    double ratio = cost * measured.size() / (training * 600);
    assertTrue(ratio > 0.95, ratio + " of what is allowed");
  }

  @Test
  void whatIsOwedIsKeptWhenARunGoesOn() {
    MeasuringPace whole = new MeasuringPace(100, training);
    whole.begin();
    MeasuringPace goesOn = new MeasuringPace(100, training);
    for (int done = 1; done <= 100; done++) {
      boolean due = whole.due(done, training);
      if (done > 50) {
        assertEquals(due, goesOn.due(done, training), "step " + done);
      }
      goesOn.owe(whole.owed());
    }
  }
}
