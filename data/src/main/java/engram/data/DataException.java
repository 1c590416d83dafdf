package engram.data;

/**
 * Data that cannot be read as it should be: missing, damaged or not what its name promises.
 *
 * <p>The message is for the person at the keyboard and is complete without a stack trace. Its first
 * line names the file and the row or byte, what is there and what was expected; the second line,
 * when there is one, says what to do.
 */
public final class DataException extends RuntimeException {

  /** A problem at {@code where}, and what to do about it. */
  public DataException(String where, String problem, String remedy) {
    super(message(where, problem, remedy));
  }

  /** As above, keeping the exception that revealed the problem. */
  public DataException(String where, String problem, String remedy, Throwable cause) {
    super(message(where, problem, remedy), cause);
  }

  private static String message(String where, String problem, String remedy) {
    String stop = problem.endsWith(".") ? "" : ".";
    return where + ": " + problem + stop + (remedy.isEmpty() ? "" : "\n" + remedy);
  }
}
