package engram.nn.model;

import engram.nn.Sequential;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;

/**
 * Networks in words, and back: {@code conv 16 5 pad 2, relu, pool 2, flatten, linear 64, relu}.
 *
 * <p>Layers are separated by commas, and take what the one before them gives, so that only outputs
 * are said. White space and new lines mean nothing.
 *
 * <pre>
 * conv OUT KERNEL [stride S] [pad P] [no-bias] [init ..]   convolution
 * linear OUT [no-bias] [init ..]                           linear layer
 * bn [momentum M] [eps E]                                  batch normalisation of images or features
 * relu                                                     leaky-relu [SLOPE]
 * pool KERNEL [stride S]                                   largest value of each window
 * global-pool                                              mean over all pixels
 * dropout P [seed N]                                       flatten
 * residual(layers)                                         x + layers(x)
 * residual(layers; layers)                                 the second ones on the way around
 * block(layers)                                            layers as one, for its name
 * 3 x (layers)                                             the layers three times
 * NAME: layer                                              a name other than conv1, conv2, ..
 * [NAME:] classifier [no-bias] [init ..] [bn ..]           at the end, if it is not the usual one
 *
 * init: how weights are drawn, then biases, each  torch, xavier, kaiming [SLOPE],
 *       kaiming-uniform [SLOPE], kaiming-out [SLOPE], zeros, constant VALUE
 * </pre>
 *
 * The last layer is a linear one named {@code fc} with an output for each class. It need not be
 * written; {@code classifier} says that it has no bias, is drawn otherwise, or that a batch
 * normalisation of the logits is behind it. Images that come to it are flattened.
 */
public final class NetworkText {
  private NetworkText() {}

  /**
   * The network that a text says.
   *
   * @param input shape of one example: [height, width, channels], or [features]
   * @param classes number of logits
   * @throws IllegalArgumentException if the text is not in the language; the message has the column
   *     and the nearest right word
   * @throws ShapeException if a layer cannot take what it is given, or the network would be larger
   *     than any memory; the message has the column, the layer, the shapes and the rule
   */
  public static Sequential parse(String text, Shape input, int classes) {
    Shape batch = new Sequential(input, List.of()).inputShape(1);
    return new Sequential(input, new LayerParser(new Words(text), batch, classes).network());
  }

  /**
   * A text that parses to an equal network for the same shape and classes.
   *
   * @throws IllegalArgumentException if no text says it, as with layers of one's own
   */
  public static String of(Sequential model) {
    String text = LayerWriter.network(model);
    int classes = model.classifier().out();
    if (!parse(text, model.input(), classes).equals(model)) {
      throw new IllegalArgumentException(
          "network text: no words say this network; the nearest are  " + text);
    }
    return text;
  }
}
