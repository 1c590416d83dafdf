/**
 * From a graph to something that runs. {@link engram.plan.MemoryPlan} decides where every tensor
 * lies, so that those that are never needed together share space; {@code Groups} decides which
 * steps may run as one; {@link engram.plan.Plan} owns the storage, binds every op to it, and
 * replays the whole as often as one likes without allocating. An {@link engram.plan.Observer} sees
 * each step; the tools of {@link engram.inspect} stand on it.
 */
package engram.plan;
