/**
 * Looking at a computation from outside. Each tool stands alone:
 *
 * <ul>
 *   <li>before it runs: {@link engram.inspect.GraphDump} writes a graph for other programs, {@link
 *       engram.inspect.GraphPicture} draws it; {@link engram.inspect.KernelSource} says where the
 *       code of an op stands;
 *   <li>while it runs: {@link engram.inspect.Stepper} stops at any step and remembers every value,
 *       {@link engram.inspect.Profiler} times each step, {@link engram.inspect.Speed} says what the
 *       machine could do, {@link engram.inspect.NonFinite} finds the step that made the first NaN;
 *   <li>whether it is right: {@link engram.inspect.OpCheck} asks of one op what every op must hold,
 *       by {@link engram.inspect.GradientCheck} and {@link engram.inspect.CaseRun}; {@link
 *       engram.inspect.BackendComparison} finds the first step at which two backends differ, each
 *       {@link engram.inspect.Difference} measured alike.
 * </ul>
 */
package engram.inspect;
