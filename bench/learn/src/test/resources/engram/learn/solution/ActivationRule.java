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

public class ActivationRule implements Fusion.Rule {
  @Override
  public Optional<Rewrite> match(Graph graph, Node last) {
    if (!(last.op() instanceof LeakyRelu activation)) {
      return Optional.empty();
    }
    Node maker = graph.producer(last.inputs().get(0)).orElse(null);
    if (maker == null || !(maker.op() instanceof FusedConv2d conv) || conv.slope() != 1) {
      return Optional.empty();
    }
    boolean isFirst = maker.output().equals(last.inputs().get(0));
    if (!isFirst || new Refusals().refusal(graph, maker, last).isPresent()) {
      return Optional.empty();
    }
    List<Tensor> results = new ArrayList<>(maker.outputs());
    results.set(0, last.output());
    float slope = activation.slope();
    var op = new FusedConv2d(conv.stride(), conv.padding(), slope, conv.pool());
    Node fused = new Node(op, maker.inputs(), results, last.phase());
    return Optional.of(new Rewrite(Map.of(maker, List.of(), last, List.of(fused))));
  }
}
