package engram.base;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a file or a server could not be reached, in words: Java's are often the name of a class. */
public final class Reason {
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)(?:: ?)?");
  private static final int MOST_CAUSES = 8;

  private Reason() {}

  /** The reason, without the name of a file or server: that stands before it. */
  public static String of(Throwable failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such file or folder";
      case FileAlreadyExistsException _ -> "it is there already";
      case NotDirectoryException _ -> "not a folder";
      case FileSystemLoopException _ -> "links lead in a circle";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      case CharacterCodingException _ -> "not UTF-8 text";
      case UnknownHostException _ -> "there is no server of that name";
      case ConnectException e when has(e, UnresolvedAddressException.class) ->
          "there is no server of that name";
      case ConnectException e when e.getMessage() == null -> "connection refused";
      case SSLException e when String.valueOf(e.getMessage()).contains("PKIX") ->
          "the certificate of the server is not trusted";
      // What Java's client makes of a proxy that refuses a login again and again.
      case IOException e when has(e, NullPointerException.class) -> "the connection broke";
      default -> words(failure);
    };
  }

  private static boolean has(Throwable failure, Class<?> kind) {
    return causes(failure).anyMatch(kind::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(MOST_CAUSES);
  }

  /** The first message among it and its causes, without names of classes; else its kind. */
  private static String words(Throwable failure) {
    return causes(failure)
        .map(e -> CLASS_NAME.matcher(String.valueOf(e.getMessage())).replaceAll("").strip())
        .filter(message -> !message.isEmpty() && !message.equals("null"))
        .findFirst()
        .orElseGet(() -> kind(failure));
  }

  /** {@code closed channel} of a {@code ClosedChannelException}. */
  private static String kind(Throwable failure) {
    String name = failure.getClass().getSimpleName().replaceAll("(?:Exception|Error)$", "");
    return name.isEmpty()
        ? "unknown failure"
        : name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
