package engram.bench.step;

import java.util.List;

/**
 * How an element of a result comes about, for all elements of it alike: a sum of products whose
 * indices are affine in the element's own. Variables are numbered: first the dimensions of the
 * result, then those summed over, then those picked.
 *
 * @param over sizes of the dimensions that are summed over, the last the fastest
 * @param pick none or one: variables that are read from an operand, such as the place of a maximum
 *     in its window
 * @param where expressions that are 0 in every term; others are left out
 * @param factors of a term; a term of which one lies outside its operand is left out
 * @param function of the product of each term
 * @param scale of the sum
 * @param plus added once, such as a bias
 * @param then what becomes of the sum, in words; empty if it is the element
 */
record Sum(
    List<Integer> over,
    List<Pick> pick,
    List<Index> where,
    List<Read> factors,
    Function function,
    double scale,
    List<Read> plus,
    String then) {

  /** What is done to the product of a term before it is added. */
  enum Function {
    NONE,
    MINUS_LOG,
    /** Of two factors, in place of their product. */
    SQUARED_DIFFERENCE,
    /** The same, {@code e} to that power. */
    EXP_DIFFERENCE,
    /** The largest term counts, in place of the sum. */
    MAXIMUM,
    /** There is no sum: the terms are the numbers that the formula takes. */
    LIST
  }

  /** A constant and, for each variable that counts, its number and its factor. */
  record Index(int constant, List<List<Integer>> terms) {}

  /**
   * An element of an operand.
   *
   * @param operand number of an input, or {@code -1 - i} for output {@code i} of the node
   * @param at its index, dimension by dimension
   */
  record Read(int operand, List<Index> at) {}

  /**
   * Variables read from an operand: with a kernel two, the row and the column in a window of so
   * many columns; without one (0) the number itself.
   */
  record Pick(Read from, int kernel) {}

  Sum picking(Read from, int kernel) {
    return new Sum(
        over, List.of(new Pick(from, kernel)), where, factors, function, scale, plus, then);
  }

  Sum where(Index... zero) {
    return new Sum(over, pick, List.of(zero), factors, function, scale, plus, then);
  }

  Sum of(Function other) {
    return new Sum(over, pick, where, factors, other, scale, plus, then);
  }

  Sum scale(double factor) {
    return new Sum(over, pick, where, factors, function, factor, plus, then);
  }

  Sum plus(Read... added) {
    return new Sum(over, pick, where, factors, function, scale, List.of(added), then);
  }

  Sum then(String words) {
    return new Sum(over, pick, where, factors, function, scale, plus, words);
  }
}
