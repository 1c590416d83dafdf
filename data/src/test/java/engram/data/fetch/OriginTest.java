package engram.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {
  @Test
  void addressesEndInASlashAndChecksumsAreMd5() {
    for (Origin origin :
        List.of(
            Origin.GTSRB,
            Origin.MNIST,
            Origin.FASHION_MNIST,
            Origin.KMNIST,
            Origin.EMNIST,
            Origin.CIFAR10,
            Origin.CIFAR100)) {
      String base = origin.base().toString();
      assertTrue(base.matches("https?://.*/"), base);
      for (Origin.Item item : origin.files()) {
        assertEquals(base + item.name(), origin.base().resolve(item.name()).toString());
        // Without a checksum a file must be a whole zip.
        String md5 = item.md5().orElse("0".repeat(item.name().endsWith(".zip") ? 32 : 0));
        assertTrue(md5.matches("[0-9a-f]{32}"), item.name());
      }
    }
  }

  @Test
  void filesOfMnistHaveTheNamesThatAreReadAndThePublishedChecksums() {
    assertEquals(
        List.of(
            new Origin.Item("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            new Origin.Item("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
            new Origin.Item("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
            new Origin.Item("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c")),
        Origin.MNIST.files());
  }
}
