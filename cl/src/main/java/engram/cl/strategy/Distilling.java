package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.task.Task;
import engram.nn.Network;

/** What strategies with a memory and a {@link Teacher} share: the teacher begins with task 2. */
abstract class Distilling extends Rehearsal {
  final Teacher teacher = new Teacher();

  /** Number of classes met when the task is done. */
  int seen;

  Distilling(MemoryBuffer memory) {
    super(memory);
  }

  Distilling(MemoryBuffer memory, double share) {
    super(memory, share);
  }

  @Override
  public void beforeTask(Network before, Task task) {
    teacher.remember(before, task);
    seen = task.seenClasses();
  }

  @Override
  public void state(State state) {
    super.state(state);
    teacher.state(state.in("teacher"));
  }
}
