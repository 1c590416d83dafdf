package engram.cl.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskSplitTest {

  @Test
  void unevenTasksPutTheLargerFirst() {
    assertEquals(List.of(9, 9, 9, 8, 8), TaskSizes.even(43, 5).sizes());
    assertEquals(List.of(2, 2, 2), TaskSizes.even(6, 3).sizes());
    assertEquals(List.of(1, 1, 1), TaskSizes.even(3, 3).sizes());
    assertEquals(List.of(43), TaskSizes.even(43, 1).sizes());
  }

  @Test
  void sizesAreReadAsPeopleWriteThem() {
    assertEquals(List.of(9, 9, 9, 8, 8), TaskSizes.parse("5", 43).sizes());
    assertEquals(List.of(8, 8, 8, 8, 8), TaskSizes.parse("5x8", 43).sizes());
    assertEquals(List.of(20, 10, 13), TaskSizes.parse(" 20, 10,13", 43).sizes());
    assertEquals(List.of(23, 5, 5, 5, 5), TaskSizes.parse("23,5,5,5,5", 43).sizes());
    assertEquals(Collections.nCopies(43, 1), TaskSizes.parse("43", 43).sizes());
  }

  @Test
  void seedPresetUsesFortyOfFortyThreeClasses() {
    TaskSplit split = new TaskSplit(ClassOrder.given(43), TaskSizes.equal(5, 8));

    assertEquals(5, split.tasks());
    assertEquals(40, split.classes());
    assertEquals(List.of(32, 33, 34, 35, 36, 37, 38, 39), split.classesOf(4));
    assertEquals(-1, split.labelsByClass(43)[42]);
  }

  @Test
  void labelsCountClassesInTheOrderMet() {
    TaskSplit split =
        new TaskSplit(new ClassOrder(List.of(4, 0, 3, 1)), new TaskSizes(List.of(1, 2)));

    assertEquals(List.of(4), split.classesOf(0));
    assertEquals(List.of(0, 3), split.classesOf(1));
    assertEquals(1, split.firstLabel(1));
    assertEquals(3, split.seenClasses(1));
    assertEquals(List.of(1, -1, -1, 2, 0), IntStream.of(split.labelsByClass(5)).boxed().toList());
  }

  @Test
  void shuffledOrderHoldsEachClassOnceAndDependsOnTheSeedAlone() {
    ClassOrder order = ClassOrder.shuffled(43, 7);

    assertEquals(order, ClassOrder.shuffled(43, 7));
    assertNotEquals(order, ClassOrder.shuffled(43, 8));
    assertEquals(ClassOrder.given(43).classes(), order.classes().stream().sorted().toList());
  }

  @Test
  void orderIsReadAsPeopleWriteIt() {
    assertEquals(ClassOrder.given(3), ClassOrder.parse("given", 3, 1));
    assertEquals(ClassOrder.shuffled(3, 5), ClassOrder.parse("shuffled", 3, 5));
    assertEquals(List.of(2, 0), ClassOrder.parse("2, 0", 3, 1).classes());
  }

  @Test
  void mistakesAreNamed() {
    assertMessage("class 3 is named twice", () -> new ClassOrder(List.of(3, 1, 3)));
    assertMessage("class -1 is negative", () -> new ClassOrder(List.of(0, -1)));
    assertMessage("classes 0 to 42", () -> ClassOrder.parse("0,43", 43, 1));
    assertMessage("\"b\" is not a whole number", () -> ClassOrder.parse("1,b", 43, 1));
    assertMessage("cannot be cut into 44 tasks, choose 1 to 43", () -> TaskSizes.even(43, 44));
    assertMessage("choose 1 to 43", () -> TaskSizes.parse("0", 43));
    assertMessage("a task has 0 classes", () -> TaskSizes.parse("5x0", 43));
    assertMessage("a task has -2 classes", () -> new TaskSizes(List.of(3, -2)));
    assertMessage("at least one", () -> TaskSizes.parse("0x8", 43));
    assertMessage("write 5 (even tasks)", () -> TaskSizes.parse("5x8,8", 43));
    assertMessage(
        "tasks 9 9 need 18 classes, but the class order names 10",
        () -> new TaskSplit(ClassOrder.given(10), TaskSizes.equal(2, 9)));
  }

  private static void assertMessage(String part, Supplier<?> mistake) {
    String message = assertThrows(IllegalArgumentException.class, mistake::get).getMessage();
    assertTrue(message.contains(part), message);
  }
}
