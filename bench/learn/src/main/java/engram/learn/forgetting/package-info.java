/**
 * Chapter 11: what an accuracy matrix says, graded on matrices worked by hand and against the
 * metrics of a run; and reservoir sampling, graded by chi-square tests with fixed seeds.
 */
package engram.learn.forgetting;
