package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskLengthTest {
  private static List<Integer> steps(TaskLength length) {
    return IntStream.range(0, length.passes()).map(length::steps).boxed().toList();
  }

  private static List<Integer> images(TaskLength length) {
    return IntStream.range(0, length.passes()).map(length::images).boxed().toList();
  }

  @Test
  void epochsAreWholePassesWithTheirLastPartialBatch() {
    TaskLength length = TaskLength.ofEpochs(2, 10, 4);
    assertEquals(6, length.steps());
    assertEquals(List.of(3, 3), steps(length));
    assertEquals(List.of(10, 10), images(length));
  }

  @Test
  void stepsAreOfWholeBatchesAndTheLastPassIsCut() {
    TaskLength length = TaskLength.ofSteps(7, 10, 3);
    assertEquals(7, length.steps());
    assertEquals(List.of(3, 3, 1), steps(length));
    assertEquals(List.of(9, 9, 3), images(length));
  }

  @Test
  void stepsThatEndWithAPassNeedNoOther() {
    assertEquals(List.of(3, 3), steps(TaskLength.ofSteps(6, 10, 3)));
    assertEquals(List.of(2), steps(TaskLength.ofSteps(2, 10, 3)));
  }

  @Test
  void fewerExamplesThanABatchAreOneBatch() {
    TaskLength length = TaskLength.ofSteps(2, 3, 128);
    assertEquals(List.of(1, 1), steps(length));
    assertEquals(List.of(3, 3), images(length));
    assertEquals(List.of(3), images(TaskLength.ofEpochs(1, 3, 128)));
  }

  @Test
  void batchesOfOneAndOfAllExamples() {
    assertEquals(List.of(3, 2), steps(TaskLength.ofSteps(5, 3, 1)));
    assertEquals(List.of(1, 1), steps(TaskLength.ofSteps(2, 3, 3)));
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> TaskLength.ofEpochs(1, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> TaskLength.ofSteps(0, 10, 4));
  }
}
