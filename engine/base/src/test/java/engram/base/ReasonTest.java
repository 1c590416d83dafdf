package engram.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  private static void assertReason(String expected, Throwable failure) {
    assertEquals(expected, Reason.of(failure));
  }

  private static Throwable causedBy(Throwable failure, Throwable cause) {
    return failure.initCause(cause);
  }

  @Test
  void filesAreSpokenOfInWords() {
    assertReason("permission denied", new AccessDeniedException("secret/x"));
    assertReason("there is no such file or folder", new NoSuchFileException("x"));
    assertReason("Is a directory", new FileSystemException("x", null, "Is a directory"));
    assertReason("No space left on device", new IOException("No space left on device"));
  }

  @Test
  void serversAreSpokenOfInWords() {
    assertReason("connection refused", new ConnectException());
    assertReason(
        "connection refused", causedBy(new ConnectException(), new ClosedChannelException()));
    assertReason(
        "there is no server of that name",
        causedBy(new ConnectException(), new UnresolvedAddressException()));
    assertReason("there is no server of that name", new UnknownHostException("nowhere"));
    assertReason("Connection reset", new SocketException("Connection reset"));
    assertReason(
        "the certificate of the server is not trusted",
        new SSLHandshakeException(
            "(certificate_unknown) PKIX path building failed: sun.security.provider.certpath."
                + "SunCertPathBuilderException: unable to find valid certification path"));
  }

  @Test
  void namesOfClassesAreLeftOut() {
    assertReason("it broke", new IOException(new IllegalStateException("it broke")));
    assertReason("closed channel", new ClosedChannelException());
    assertReason(
        "the connection broke",
        new IOException("Cannot invoke \"x\"", new NullPointerException("Cannot invoke \"x\"")));
    assertReason("it broke", new IOException("java.util.concurrent.CompletionException: it broke"));
  }
}
