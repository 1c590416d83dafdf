package engram.bench.step;

import engram.op.Conv2d;
import engram.op.Values;
import engram.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a change of one operand adds to a convolution, which is linear in each: the convolution of
 * the change, by its definition, of the images and channels that changed.
 *
 * @param images of the result that change
 * @param outputs channels of it that change
 * @param added to these: [images, height, width, outputs]; nothing where no image changes
 */
record ConvolutionChange(int[] images, int[] outputs, Values added, long flops) {
  /** Of x [N, H, W, C], the weight [KH, KW, C, O] as it was. */
  static ConvolutionChange ofInput(Conv2d op, Values before, Values after, Values weight) {
    Values change = difference(before, after);
    int[] channels = used(change, 3);
    int[] images = used(change, 0);
    if (images.length == 0) {
      return nothing();
    }
    return of(
        op,
        select(select(change, 0, images), 3, channels),
        select(weight, 2, channels),
        images,
        all(weight.dim(3)));
  }

  /** Of the weight [KH, KW, C, O], x [N, H, W, C] as it was. */
  static ConvolutionChange ofWeight(Conv2d op, Values x, Values before, Values after) {
    Values change = difference(before, after);
    int[] channels = used(change, 2);
    int[] outputs = used(change, 3);
    if (outputs.length == 0) {
      return nothing();
    }
    return of(
        op,
        select(x, 3, channels),
        select(select(change, 2, channels), 3, outputs),
        all(x.dim(0)),
        outputs);
  }

  private static ConvolutionChange nothing() {
    return new ConvolutionChange(new int[0], new int[0], Values.zeros(Shape.shape(1)), 0);
  }

  private static ConvolutionChange of(
      Conv2d op, Values x, Values weight, int[] images, int[] outputs) {
    List<Shape> shapes = List.of(x.shape(), weight.shape());
    Values added = Values.zeros(op.outputs(shapes).getFirst());
    op.reference(List.of(x, weight), List.of(added));
    return new ConvolutionChange(images, outputs, added, op.flops(shapes));
  }

  /** Sets {@code to} to {@code base} with the change. */
  void addTo(Values base, Values to) {
    System.arraycopy(base.data(), base.offset(), to.data(), to.offset(), base.size());
    int pixels = to.dim(1) * to.dim(2);
    for (int n = 0; n < images.length; n++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = (n * pixels + pixel) * outputs.length;
        int at = (images[n] * pixels + pixel) * to.dim(3);
        for (int o = 0; o < outputs.length; o++) {
          to.add(at + outputs[o], added.get(from + o));
        }
      }
    }
  }

  private static Values difference(Values before, Values after) {
    Values change = Values.zeros(before.shape());
    change.map(after, before, (a, b) -> a - b);
    return change;
  }

  /** Places along an axis at which something is not 0. */
  private static int[] used(Values values, int axis) {
    int inner = inner(values.shape(), axis);
    boolean[] used = new boolean[values.dim(axis)];
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) != 0) {
        used[i / inner % used.length] = true;
      }
    }
    return IntStream.range(0, used.length).filter(i -> used[i]).toArray();
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** These places along an axis. */
  private static Values select(Values from, int axis, int[] places) {
    int size = from.dim(axis);
    if (places.length == size) {
      return from;
    }
    int inner = inner(from.shape(), axis);
    int outer = from.size() / inner / size;
    int[] dims = IntStream.range(0, from.shape().rank()).map(from::dim).toArray();
    dims[axis] = places.length;
    Values selected = Values.zeros(Shape.shape(dims));
    int to = 0;
    for (int o = 0; o < outer; o++) {
      for (int place : places) {
        int at = from.offset() + (o * size + place) * inner;
        System.arraycopy(from.data(), at, selected.data(), to, inner);
        to += inner;
      }
    }
    return selected;
  }

  /** Elements from one place along an axis to the next. */
  private static int inner(Shape shape, int axis) {
    return IntStream.range(axis + 1, shape.rank()).map(shape::dim).reduce(1, (a, b) -> a * b);
  }
}
