package engram.backend.opencl.device;

/** OpenCL cannot do what was asked for; the message says why and what to install or choose. */
public final class OpenClException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OpenClException(String message) {
    super(message);
  }

  public OpenClException(String message, Throwable cause) {
    super(message, cause);
  }
}
