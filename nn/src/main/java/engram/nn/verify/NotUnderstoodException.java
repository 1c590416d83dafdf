package engram.nn.verify;

/** A case that asks for something that cannot be checked here; the message says what. */
final class NotUnderstoodException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotUnderstoodException(String reason) {
    super(reason);
  }
}
