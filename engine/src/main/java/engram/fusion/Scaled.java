package engram.fusion;

import engram.graph.Node;
import engram.op.Affine;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A tensor seen as a multiple of another.
 *
 * @param by the node that multiplies, if there is one
 */
record Scaled(float factor, Tensor value, List<Node> by) {

  /** What {@code tensor} is a multiple of: itself, unless a multiplication by a number made it. */
  static Scaled of(Site site, Tensor tensor) {
    Optional<Node> scaling =
        site.maker(tensor, Affine.class).filter(node -> ((Affine) node.op()).shift() == 0);
    return scaling
        .map(
            node ->
                new Scaled(((Affine) node.op()).scale(), node.inputs().getFirst(), List.of(node)))
        .orElseGet(() -> new Scaled(1, tensor, List.of()));
  }
}
