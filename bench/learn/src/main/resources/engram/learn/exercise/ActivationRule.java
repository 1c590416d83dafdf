import engram.fusion.Rewrite;
import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Fusion;
import engram.op.FusedConv2d;
import engram.op.LeakyRelu;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * leaky_relu(fused_conv2d(x, w, b)) becomes a fused_conv2d with a slope.
 *
 * <p>FusedConv2d(stride, padding, slope, pool): slope 1 is no activation, pool 1 no pooling.
 */
public class ActivationRule implements Fusion.Rule {
  @Override
  public Optional<Rewrite> match(Graph graph, Node last) {
    Optional<Rewrite> rewrite = Optional.empty();
    // TODO the rewrite, if last is the activation of a convolution that may take it in
    return rewrite;
  }
}
