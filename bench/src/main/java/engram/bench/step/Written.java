package engram.bench.step;

import engram.bench.step.Sum.Index;
import engram.bench.step.Sum.Read;
import engram.graph.Node;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleBiFunction;

/**
 * One element of a result, the sum that made it written out.
 *
 * @param terms in the order of the sum, those that exist
 * @param plus what is added to the sum once
 * @param sum of all, in double precision; of a maximum the largest term, of a list nothing (0)
 */
record Written(Sum by, List<Term> terms, List<Factor> plus, double sum) {

  /** An element of an operand, by the number of the operand and the element's position in it. */
  record Factor(int operand, int position, double value) {}

  /** A product and what the function of the sum makes of it. */
  record Term(List<Factor> factors, double value) {}

  /**
   * Writes out an element.
   *
   * @param element position in the first tensor that the node writes
   * @param values element {@code position} of operand {@code number}, as in {@link Sum.Read}
   */
  static Written of(Node node, int element, ToDoubleBiFunction<Integer, Integer> values) {
    return new Writer(node, Sums.of(node), values).write(element);
  }

  private record Writer(Node node, Sum by, ToDoubleBiFunction<Integer, Integer> values) {

    Written write(int element) {
      Shape out = node.written().getFirst().shape();
      int rank = out.rank();
      int[] variables = new int[rank + by.over().size() + 2];
      unravel(element, dims(out), variables, 0);
      List<Term> terms = new ArrayList<>();
      int count = by.over().stream().mapToInt(size -> size).reduce(1, Math::multiplyExact);
      for (int i = 0; i < count && !by.factors().isEmpty(); i++) {
        unravel(i, by.over(), variables, rank);
        term(variables, rank + by.over().size()).ifPresent(terms::add);
      }
      List<Factor> plus =
          by.plus().stream().flatMap(read -> factor(read, variables).stream()).toList();
      return new Written(by, terms, plus, sum(terms, plus));
    }

    private double sum(List<Term> terms, List<Factor> plus) {
      return switch (by.function()) {
        case LIST -> 0;
        case MAXIMUM -> terms.stream().mapToDouble(Term::value).max().orElse(0);
        default ->
            by.scale() * terms.stream().mapToDouble(Term::value).sum()
                + plus.stream().mapToDouble(Factor::value).sum();
      };
    }

    private Optional<Term> term(int[] variables, int picked) {
      for (Sum.Pick pick : by.pick()) {
        Optional<Factor> from = factor(pick.from(), variables);
        if (from.isEmpty()) {
          return Optional.empty();
        }
        int value = (int) from.get().value();
        int kernel = pick.kernel();
        variables[picked] = kernel == 0 ? value : value / kernel;
        variables[picked + 1] = kernel == 0 ? 0 : value % kernel;
      }
      if (by.where().stream().anyMatch(zero -> at(zero, variables) != 0)) {
        return Optional.empty();
      }
      List<Factor> factors = new ArrayList<>();
      for (Read read : by.factors()) {
        Optional<Factor> factor = factor(read, variables);
        if (factor.isEmpty()) {
          return Optional.empty();
        }
        factors.add(factor.get());
      }
      return Optional.of(new Term(factors, value(factors)));
    }

    private double value(List<Factor> factors) {
      double product = 1;
      for (Factor factor : factors) {
        product *= factor.value();
      }
      return switch (by.function()) {
        case MINUS_LOG -> -Math.log(product);
        case SQUARED_DIFFERENCE -> difference(factors) * difference(factors);
        case EXP_DIFFERENCE -> Math.exp(difference(factors));
        case NONE, MAXIMUM, LIST -> product;
      };
    }

    private static double difference(List<Factor> factors) {
      return factors.get(0).value() - factors.get(1).value();
    }

    private Optional<Factor> factor(Read read, int[] variables) {
      OptionalInt position = position(read, variables);
      return position.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Factor(
                  read.operand(),
                  position.getAsInt(),
                  values.applyAsDouble(read.operand(), position.getAsInt())));
    }

    private OptionalInt position(Read read, int[] variables) {
      Shape shape = operand(node, read.operand()).shape();
      int position = 0;
      for (int d = 0; d < shape.rank(); d++) {
        int index = at(read.at().get(d), variables);
        if (index < 0 || index >= shape.dim(d)) {
          return OptionalInt.empty();
        }
        position = position * shape.dim(d) + index;
      }
      return OptionalInt.of(position);
    }

    private static int at(Index index, int[] variables) {
      int sum = index.constant();
      for (List<Integer> term : index.terms()) {
        sum += variables[term.get(0)] * term.get(1);
      }
      return sum;
    }

    private static void unravel(int number, List<Integer> sizes, int[] variables, int first) {
      int rest = number;
      for (int d = sizes.size() - 1; d >= 0; d--) {
        variables[first + d] = rest % sizes.get(d);
        rest /= sizes.get(d);
      }
    }

    private static List<Integer> dims(Shape shape) {
      List<Integer> dims = new ArrayList<>();
      for (int d = 0; d < shape.rank(); d++) {
        dims.add(shape.dim(d));
      }
      return dims;
    }
  }

  /** An operand by its number in {@link Sum.Read}. */
  static Tensor operand(Node node, int number) {
    return Objects.requireNonNull(
        number >= 0 ? node.inputs().get(number) : node.outputs().get(-1 - number));
  }
}
