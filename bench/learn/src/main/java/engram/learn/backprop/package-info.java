/**
 * 1986: learning by back-propagating errors (Rumelhart, Hinton and Williams), on the learner's code
 * alone. The loss of each step is compared with that of the same training on the reference.
 */
package engram.learn.backprop;
