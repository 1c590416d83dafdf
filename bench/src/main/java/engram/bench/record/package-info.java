/**
 * A run's folder, written and read. {@link engram.bench.record.RunFiles} names every file in it,
 * {@link engram.bench.record.RunFolder} writes each whole or not at all.
 *
 * <p>Written: {@link engram.bench.record.RunWriter} hears the events of a run and writes options,
 * {@code Environment}, {@code ResultTables}, {@code SummaryJson}, {@code SummaryMarkdown} and
 * charts. {@link engram.bench.record.RunRecorder}, with a {@code StrategyRecorder} for each
 * strategy and seed, records what else a report shows. Read: {@link
 * engram.bench.record.RecordedRun} with its {@link engram.bench.record.RecordedStrategy}s, so that
 * a report can be made from folders alone. {@link engram.bench.record.StateFiles} keeps states to
 * go on from; writer and recorder tell them what they remember.
 *
 * <p>The record:
 *
 * <pre>
 * report/classes.csv           class, name: in the order in which the first seed meets them, then all others
 * report/classes.png           a training image of each, side by side, contrast stretched
 * report/tasks.csv             seed, task, class: which class comes when
 * report/STRATEGY_seedN/
 *   confusion.csv              after_task, task_told (0 or 1), actual, predicted, images; no zeros
 *   by_task.csv                after_task, task_told (0 or 1), task, images, recognised
 *   classifier.csv             after_task, class, row_norm: L2 norm of the class's row in the layer that answers
 *   usage.csv                  after_task and what the rehearsal memory took
 *   memory_taskT.jpg           the images in memory, 20 in a row, class by class
 *   steps.csv                  task, epoch, step of the task, hash of all parameters after it, terms of its loss
 *   within.csv                 task, step, of_task, images, recognised: measured within tasks, with --live
 *   filters.png                the weights of the first convolution, 8 filters in a row
 *   mistakes.csv, mistakes.png test images that were most surely wrong, one of a track
 * </pre>
 *
 * <p>Classes have the data set's numbers, tasks count from 1. All is written anew after each task,
 * so that an interrupted run leaves what it reached; filters and mistakes are those of the last
 * task done.
 */
package engram.bench.record;
