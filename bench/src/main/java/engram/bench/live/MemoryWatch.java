package engram.bench.live;

import engram.cl.memory.StoredImages;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** What entered a rehearsal memory and what left it between two looks, told apart by pixels. */
final class MemoryWatch implements Stateful {
  private Map<Held, Integer> before = new HashMap<>();

  /** An image by its label and a checksum of its pixels. */
  private record Held(int label, int checksum) {}

  /**
   * Numbers of images by label.
   *
   * @param held all of them now
   */
  record Change(
      Map<Integer, Integer> held, Map<Integer, Integer> entered, Map<Integer, Integer> left) {}

  Change look(StoredImages memory) {
    Map<Held, Integer> now = new HashMap<>();
    Map<Integer, Integer> held = new TreeMap<>();
    for (int slot = 0; slot < memory.size(); slot++) {
      CRC32C checksum = new CRC32C();
      checksum.update(memory.image(slot));
      now.merge(new Held(memory.label(slot), (int) checksum.getValue()), 1, Integer::sum);
      held.merge(memory.label(slot), 1, Integer::sum);
    }
    Change change = new Change(held, more(now, before), more(before, now));
    before = now;
    return change;
  }

  /** How many images of each label are here and not there. */
  private static Map<Integer, Integer> more(Map<Held, Integer> here, Map<Held, Integer> there) {
    Map<Integer, Integer> labels = new TreeMap<>();
    here.forEach(
        (image, count) -> {
          int extra = count - there.getOrDefault(image, 0);
          if (extra > 0) {
            labels.merge(image.label(), extra, Integer::sum);
          }
        });
    return labels;
  }

  @Override
  public void state(State state) {
    int[] now =
        before.entrySet().stream()
            .flatMapToInt(
                e -> IntStream.of(e.getKey().label(), e.getKey().checksum(), e.getValue()))
            .toArray();
    int[] same = state.ints("images", now);
    before = new HashMap<>();
    for (int i = 0; i < same.length; i += 3) {
      before.put(new Held(same[i], same[i + 1]), same[i + 2]);
    }
  }
}
