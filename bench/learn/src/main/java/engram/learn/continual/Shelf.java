package engram.learn.continual;

import static engram.tensor.Shape.shape;

import engram.learn.api.Continual;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import java.util.ArrayList;
import java.util.List;

/** A memory with so many places and no more. */
final class Shelf implements Continual.Memory {
  private record Kept(Values image, int label) {}

  private final int capacity;
  private final List<Kept> images = new ArrayList<>();

  Shelf(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public void put(int place, Values image, int label) {
    if (place < 0 || place >= capacity || place > size()) {
      throw new Verdict.Stop(
          Verdict.failed("memory.put at place %d".formatted(place))
              .and(
                  "it holds %d of at most %d images: the next free place is %d"
                      .formatted(size(), capacity, size()))
              .likely("a place of -1 says that the image is not stored"));
    }
    Values copy = Values.zeros(shape(image.size()));
    copy.map(image, x -> x);
    Kept kept = new Kept(copy, label);
    if (place == size()) {
      images.add(kept);
    } else {
      images.set(place, kept);
    }
  }

  @Override
  public Values image(int place) {
    return kept(place).image();
  }

  @Override
  public int label(int place) {
    return kept(place).label();
  }

  private Kept kept(int place) {
    if (place < 0 || place >= size()) {
      throw new Verdict.Stop(
          Verdict.failed("memory: there is nothing at place %d".formatted(place))
              .and("it holds %d images, counted from 0".formatted(size())));
    }
    return images.get(place);
  }
}
