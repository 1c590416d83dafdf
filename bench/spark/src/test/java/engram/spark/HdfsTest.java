package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.sweep.Sweeps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A name node and a data node of HDFS within this process, spoken to over their sockets. */
@Timeout(600)
class HdfsTest {
  @TempDir Path temp;

  @Test
  void aSweepOnHdfsHasTheBytesThatItHasHere() throws IOException {
    Path plan = Sweeps.in(temp).plan("[fine-tune, er]", "");
    Path here = temp.resolve("here");
    assertEquals(0, Sweeps.sweep(plan, here, "--threads=1").exit());

    try (MiniDFSCluster cluster = cluster()) {
      cluster.waitActive();
      String to = cluster.getURI() + "/sweeps/plan";
      Sweeps.Result result = Sweeps.sweep(plan, temp, "--on=local[2]", "--to=" + to);
      assertEquals(0, result.exit(), result::toString);
      assertTrue(result.printed().contains("report:  hadoop fs -get " + to), result::toString);

      Sweeps.Result again = Sweeps.sweep(plan, temp, "--on=local[2]", "--to=" + to);
      assertEquals(0, again.exit(), again::toString);
      assertFalse(again.printed().contains("started"), again::toString);
      Path fetched = temp.resolve("fetched");
      get(cluster.getFileSystem(), to, fetched);
      Sweeps.assertSame(here, fetched);
    }
  }

  /** HDFS leases a file to who writes it, and learns only after a while that it is gone. */
  @Test
  void whatALostExecutorWasWritingIsWrittenAnew() throws IOException {
    Path local = Files.createDirectory(temp.resolve("unit"));
    Files.writeString(local.resolve("metrics.csv"), "1");
    try (MiniDFSCluster cluster = cluster()) {
      cluster.waitActive();
      Configuration settings = new Configuration();
      String to = cluster.getURI() + "/sweep";
      var unit = new org.apache.hadoop.fs.Path(to + "/units/0123456789ab");
      try (FileSystem lost = FileSystem.newInstance(cluster.getURI(), settings)) {
        FSDataOutputStream half =
            lost.create(new org.apache.hadoop.fs.Path(unit, ".metrics.csv.part"));
        half.write('2');
        half.hflush();
        RemoteUnit next = RemoteSweep.at(to, settings).unit(unit.getName());
        assertTrue(next.take());
        next.push(local);
        Path fetched = temp.resolve("fetched");
        get(cluster.getFileSystem(), unit.toString(), fetched);
        assertEquals("1", Files.readString(fetched.resolve("metrics.csv")));
        assertThrows(IOException.class, half::close, "it is nobody's now");
      }
    }
  }

  private MiniDFSCluster cluster() throws IOException {
    return new MiniDFSCluster.Builder(new Configuration(), temp.resolve("hdfs").toFile()).build();
  }

  /** As {@code hadoop fs -get} does. */
  private static void get(FileSystem files, String from, Path to) throws IOException {
    files.copyToLocalFile(
        false,
        new org.apache.hadoop.fs.Path(from),
        new org.apache.hadoop.fs.Path(to.toUri()),
        true);
  }
}
