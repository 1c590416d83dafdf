package engram.learn.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What grading found. */
public sealed interface Verdict {

  /**
   * All is right.
   *
   * @param evidence what was checked, a line for each thing, at least one
   */
  record Passed(List<String> evidence) implements Verdict {
    public Passed {
      evidence = List.copyOf(evidence);
      if (evidence.isEmpty()) {
        throw new IllegalArgumentException("nothing was checked, so nothing has passed");
      }
    }
  }

  /**
   * Something is not.
   *
   * @param where the first place: op, case, operand, element
   * @param details below it, a line each: expected, received, likely cause, what to do
   */
  record Failed(String where, List<String> details) implements Verdict {
    public Failed {
      details = List.copyOf(details);
    }

    /** With a line more. */
    public Failed and(String detail) {
      List<String> more = new ArrayList<>(details);
      more.add(detail);
      return new Failed(where, more);
    }

    /** With what should have been there and what was. */
    public Failed expected(Object expected, Object received) {
      return and("expected %s, received %s".formatted(expected, received));
    }

    /** With what may have gone wrong, where that can be told. */
    public Failed likely(Optional<String> cause) {
      return cause.map(text -> and("likely: " + text)).orElse(this);
    }

    /** With what may have gone wrong. */
    public Failed likely(String cause) {
      return likely(Optional.of(cause));
    }
  }

  /**
   * Nothing could be checked here, so that nothing has passed.
   *
   * @param why what is missing, and how to get it
   */
  record NotDone(String why) implements Verdict {}

  /** This where it failed; else what is checked next, with the evidence of both. */
  default Verdict then(Supplier<Verdict> next) {
    return switch (this) {
      case Failed failed -> failed;
      case NotDone notDone -> notDone;
      case Passed(List<String> first) ->
          switch (next.get()) {
            case Failed failed -> failed;
            case NotDone notDone -> notDone;
            case Passed(List<String> second) ->
                new Passed(Stream.concat(first.stream(), second.stream()).toList());
          };
    };
  }

  /** All is right, and this was checked. */
  static Passed passed(String... evidence) {
    return new Passed(List.of(evidence));
  }

  /** Something is wrong here. */
  static Failed failed(String where) {
    return new Failed(where, List.of());
  }

  /** Runs a learner's method; what it throws is told with where it was. */
  static void during(Failed where, Runnable method) {
    try {
      method.run();
    } catch (Stop | During e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new During(where, e);
    }
  }

  /** The same for a method that answers. */
  static <T> T answer(Failed where, Supplier<T> method) {
    List<T> answer = new ArrayList<>();
    during(where, () -> answer.add(method.get()));
    return answer.getFirst();
  }

  /** What a learner's method threw, and in what it was called. */
  final class During extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failed where;

    private During(Failed where, Throwable cause) {
      super(where.where(), cause);
      this.where = where;
    }

    /** What it was called for. */
    public Failed where() {
      return where;
    }

    /** The same with what may have gone wrong, where that can be told. */
    During likely(Optional<String> cause) {
      return new During(where.likely(cause), Objects.requireNonNullElse(getCause(), this));
    }
  }

  /** Ends grading from within, with a verdict. */
  final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failed verdict;

    public Stop(Failed verdict) {
      super(verdict.where());
      this.verdict = verdict;
    }

    /** What grading found. */
    public Failed verdict() {
      return verdict;
    }

    /** The same from the same line, told otherwise. */
    public Stop told(Failed otherwise) {
      Stop stop = new Stop(otherwise);
      stop.setStackTrace(getStackTrace());
      return stop;
    }
  }
}
