/**
 * What every kernel runs on. Read {@link engram.backend.vector.run.HostBuffer} (numbers in an
 * array), {@link engram.backend.vector.run.Workers} (a team of threads that shares numbered tasks)
 * with {@link engram.backend.vector.run.Scratch} (its working memory), {@link
 * engram.backend.vector.run.Parallel} (a loop cut into tasks), and {@link
 * engram.backend.vector.run.Lanes} (the vector width of this process).
 *
 * <p>A kernel is one operation bound to its shape, its buffers and its team; {@code run()} then
 * computes and allocates nothing.
 */
package engram.backend.vector.run;
