package engram.plan;

import engram.graph.Node;

/** Sees each step of a run. Profilers, steppers and comparisons of backends stand on it. */
public interface Observer {
  /** Called before a step runs. */
  default void before(Node node) {}

  /** Called after a step ran; its outputs can be read from the plan now, and perhaps not later. */
  void after(Node node);
}
