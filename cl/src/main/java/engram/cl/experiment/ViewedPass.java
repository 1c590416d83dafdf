package engram.cl.experiment;

import engram.cl.stream.Batch;
import engram.cl.stream.Views;
import engram.nn.train.Inference;
import engram.tensor.Shape;
import java.util.function.Function;

/** Shows a network each view of a batch of images. */
final class ViewedPass {
  private final Views views;
  private final Shape image;
  private float[] moved = {};

  /**
   * @param image [height, width, channels]
   */
  ViewedPass(Views views, Shape image) {
    this.views = views;
    this.image = image;
  }

  /**
   * Mean over the views of what comes out.
   *
   * @param batch the images as they are, the first view
   * @param ran has run with them
   * @param out reads what came out into a new array, always as long
   */
  float[] mean(Batch batch, Inference.Batch ran, Function<Inference.Batch, float[]> out) {
    float[] mean = out.apply(ran);
    if (views == Views.ONE) {
      return mean;
    }
    moved = moved.length == batch.pixels().length ? moved : new float[batch.pixels().length];
    for (int view = 1; view < views.count(); view++) {
      views.move(view, batch.pixels(), batch.size(), image, moved);
      ran.inputs().write(0, moved, 0, ran.inputs().elements());
      ran.run();
      float[] more = out.apply(ran);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += more[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= views.count();
    }
    return mean;
  }
}
