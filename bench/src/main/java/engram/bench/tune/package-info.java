/**
 * {@code engram tune}: a {@code Grid} of options, a {@code Search} over it, all or by successive
 * halving, and a {@code TrialLog} from which it goes on. {@code Tuning} carries it out on held-out
 * tracks of the training set.
 */
package engram.bench.tune;
