/**
 * The network and the images that a command looks at or measures. {@link
 * engram.bench.subject.SubjectOptions} gives a command those options of {@code engram run} that
 * name them, {@link engram.bench.subject.Subject} is what they stand for, {@link
 * engram.bench.subject.StepOptions} makes a training step of it.
 */
package engram.bench.subject;
