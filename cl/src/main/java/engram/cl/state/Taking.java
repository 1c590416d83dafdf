package engram.cl.state;

import engram.cl.task.Task;
import engram.data.ImageSet;
import engram.nn.Network;
import engram.nn.io.SafeTensors;
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Values on their way into a snapshot; all stay as they are. */
final class Taking extends State {
  /** Where an array would have no element, which a tensor cannot: a value says so. */
  static final String EMPTY = ".empty";

  private final Snapshot snapshot;

  Taking(Snapshot snapshot, String prefix) {
    super(prefix);
    this.snapshot = snapshot;
  }

  @Override
  public State in(String part) {
    return new Taking(snapshot, path(part) + "/");
  }

  @Override
  public String text(String name, String now) {
    snapshot.put(path(name), now);
    return now;
  }

  @Override
  public float[] floats(String name, float[] now) {
    if (isFull(name, now.length)) {
      snapshot.put(path(name), new SafeTensors.Entry(Shape.shape(now.length), now));
    }
    return now;
  }

  @Override
  public double[] doubles(String name, double[] now) {
    if (isFull(name, now.length)) {
      snapshot.put(path(name), SafeTensors.Entry.of(now));
    }
    return now;
  }

  @Override
  public int[] ints(String name, int[] now) {
    if (isFull(name, now.length)) {
      snapshot.put(path(name), SafeTensors.Entry.of(now));
    }
    return now;
  }

  @Override
  public byte[] bytes(String name, byte[] now) {
    if (isFull(name, now.length)) {
      snapshot.put(path(name), SafeTensors.Entry.of(now.clone()));
    }
    return now;
  }

  private boolean isFull(String name, int length) {
    if (length == 0) {
      snapshot.put(path(name) + EMPTY, "1");
    }
    return length > 0;
  }

  @Override
  public Optional<Network> network(String name, Optional<Network> now) {
    number(name + ".classes", now.map(Network::classes).orElse(0));
    now.ifPresent(
        network -> {
          buffer(name + ".parameters", network.parameters().buffer());
          buffer(name + ".state", network.state().buffer());
        });
    return now;
  }

  @Override
  public List<Task> tasks(String name, List<Task> now) {
    number(name, now.size());
    return now;
  }

  @Override
  public ImageSet images() {
    throw new IllegalStateException("state: images are asked for only when a state is restored");
  }
}
