package engram.cl.state;

import engram.cl.task.Task;
import engram.data.ImageSet;
import engram.nn.Network;
import engram.nn.io.SafeTensors;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Values on their way out of a snapshot; what there is now is replaced. */
final class Giving extends State {
  private final Snapshot snapshot;
  private final Snapshot.World world;

  Giving(Snapshot snapshot, Snapshot.World world, String prefix) {
    super(prefix);
    this.snapshot = snapshot;
    this.world = world;
  }

  @Override
  public State in(String part) {
    return new Giving(snapshot, world, path(part) + "/");
  }

  @Override
  public String text(String name, String now) {
    return snapshot.value(path(name));
  }

  @Override
  public float[] floats(String name, float[] now) {
    return array(name, SafeTensors.Entry::values, new float[0]);
  }

  @Override
  public double[] doubles(String name, double[] now) {
    return array(name, SafeTensors.Entry::doubles, new double[0]);
  }

  @Override
  public int[] ints(String name, int[] now) {
    return array(name, SafeTensors.Entry::ints, new int[0]);
  }

  @Override
  public byte[] bytes(String name, byte[] now) {
    return array(name, tensor -> tensor.data().clone(), new byte[0]);
  }

  private <A> A array(String name, Function<SafeTensors.Entry, A> read, A empty) {
    String path = path(name);
    return snapshot.has(path + Taking.EMPTY) ? empty : read.apply(snapshot.tensor(path));
  }

  @Override
  public Optional<Network> network(String name, Optional<Network> now) {
    int classes = number(name + ".classes", 0);
    if (classes == 0) {
      return Optional.empty();
    }
    Network network =
        now.filter(n -> n.classes() == classes).orElseGet(() -> world.networks().apply(classes));
    buffer(name + ".parameters", network.parameters().buffer());
    buffer(name + ".state", network.state().buffer());
    return Optional.of(network);
  }

  @Override
  public List<Task> tasks(String name, List<Task> now) {
    return world.sequence().tasks().subList(0, number(name, 0));
  }

  @Override
  public ImageSet images() {
    return world.sequence().dataset().train();
  }
}
