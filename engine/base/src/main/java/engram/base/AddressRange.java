package engram.base;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of addresses such as {@code 10.0.0.0/8}.
 *
 * @param start its first address
 * @param bits that all addresses in it have in common
 */
record AddressRange(byte[] start, int bits) {

  /** The range that a text says, if it says one. */
  static Optional<AddressRange> of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    return address(text.substring(0, slash))
        .filter(start -> bits <= 8 * start.length)
        .map(start -> new AddressRange(start, bits));
  }

  /** Whether a host is an address of this range; names are not looked up. */
  boolean holds(String host) {
    return address(host)
        .filter(address -> address.length == start.length)
        .map(address -> Arrays.equals(masked(address), masked(start)))
        .orElse(false);
  }

  private byte[] masked(byte[] address) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < bits; i++) {
      masked[i / 8] |= (byte) (address[i / 8] & 0x80 >> i % 8);
    }
    return masked;
  }

  private static Optional<byte[]> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
