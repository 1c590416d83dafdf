package engram.cl.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyMatrixTest {

  @Test
  void measurementsAfterEachTaskMakeTheMatrix() {
    TaskSplit split = new TaskSplit(ClassOrder.given(3), TaskSizes.even(3, 2)); // labels 0 1 | 2
    Confusion first = new Confusion(2);
    count(first, 0, 0, 3);
    count(first, 1, 0, 1);
    Confusion second = new Confusion(3);
    count(second, 0, 2, 3);
    count(second, 1, 1, 1);
    count(second, 2, 2, 1);
    count(second, 2, 0, 1);

    AccuracyMatrix matrix =
        AccuracyMatrix.of(
            List.of(TestAnswers.of(split, 0, first), TestAnswers.of(split, 1, second)));

    assertEquals(3 / 4.0, matrix.get(0, 0));
    assertEquals(1 / 4.0, matrix.get(1, 0));
    assertEquals(1 / 2.0, matrix.get(1, 1));
    // 4 test images of task 0, 2 of task 1: (1 + 1) / 6, the same as the confusion's own.
    assertEquals(2 / 6.0, matrix.pooled(1), 1e-12);
    assertEquals(second.accuracy(), matrix.pooled(1), 1e-12);
  }

  /** Both tasks have labels 0 and 1: only the task of an image tells them apart. */
  @Test
  void whereLabelsRepeatImagesAreCountedByTheirTask() {
    TestAnswers first = new TestAnswers(2, 1);
    first.add(0, 0, 0);
    first.add(0, 1, 0);
    TestAnswers second = new TestAnswers(2, 2);
    second.add(0, 0, 1);
    second.add(0, 1, 1);
    second.add(1, 0, 0);
    second.add(1, 1, 1);
    second.add(1, 1, 0);
    second.add(1, 1, 1);

    AccuracyMatrix matrix = AccuracyMatrix.of(List.of(first, second));

    assertEquals(1 / 2.0, matrix.get(0, 0));
    assertEquals(1 / 2.0, matrix.get(1, 0));
    assertEquals(3 / 4.0, matrix.get(1, 1));
    assertEquals(4 / 6.0, matrix.pooled(1), 1e-12);
    assertEquals(second.confusion().accuracy(), matrix.pooled(1), 1e-12);
    assertEquals(3, second.confusion().count(1, 1));
  }

  @Test
  void whatIsNoAccuracyMatrixIsRefused() {
    assertMessage("0 rows", new double[0][], new int[0]);
    assertMessage("1 rows and test image counts of 2", new double[][] {{1}}, new int[] {1, 1});
    assertMessage("row 2 has 1 accuracies, needs 2", new double[][] {{1}, {1}}, new int[] {1, 1});
    assertMessage("row 1 holds 84.5", new double[][] {{84.5}}, new int[] {1});
    assertMessage("row 1 holds NaN", new double[][] {{Double.NaN}}, new int[] {1});
    assertMessage("task 1 has 0 test images", new double[][] {{0.5}}, new int[] {0});
  }

  private static void count(Confusion confusion, int actual, int predicted, int times) {
    for (int i = 0; i < times; i++) {
      confusion.add(actual, predicted);
    }
  }

  private static void assertMessage(String part, double[][] accuracies, int[] images) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new AccuracyMatrix(accuracies, images))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
