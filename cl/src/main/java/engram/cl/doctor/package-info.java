/**
 * What is wrong with a run: a {@link engram.cl.doctor.RunDoctor} watches each training of an
 * experiment as {@link engram.nn.doctor} does, and what only an experiment can tell: classes that
 * the memory lost, tasks that were not learnt.
 */
package engram.cl.doctor;
