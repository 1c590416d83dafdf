package engram.cl.state;

/** Something that remembers what training did. */
public interface Stateful {
  /**
   * Tells what it remembers, once for both ways: each value is handed to {@code state} under a name
   * and set to what comes back, which is the same value when a snapshot is taken, and that of the
   * snapshot when one is restored:
   *
   * <pre>
   * count = state.number("count", count);
   * means = state.floats("means", means);
   * inner.state(state.in("inner"));
   * </pre>
   *
   * It is called between two steps of training, or between two tasks. What the calls at the start
   * of a task make anew need not be told: they are made before a state within the task is restored.
   */
  void state(State state);
}
