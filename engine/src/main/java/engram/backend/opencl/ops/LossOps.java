package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.Step;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.op.KdLoss;
import engram.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Losses and their gradients: {@code cross_entropy.cl}, {@code soft_cross_entropy.cl}, {@code
 * kd_loss.cl}, {@code mean_squared_error.cl}.
 */
public record LossOps(Session session) {
  private static final String CROSS_ENTROPY = "cross_entropy";
  private static final String SOFT_CROSS_ENTROPY = "soft_cross_entropy";
  private static final String KD_LOSS = "kd_loss";

  /** Cross-entropy with labels. */
  public DeviceKernel crossEntropy(List<Operand> in, List<Operand> out) {
    return loss(CROSS_ENTROPY, in, out, 1, launch -> launch);
  }

  /** Cross-entropy with probabilities. */
  public DeviceKernel softCrossEntropy(List<Operand> in, List<Operand> out) {
    return loss(SOFT_CROSS_ENTROPY, in, out, 1, launch -> launch);
  }

  public DeviceKernel kdLoss(KdLoss op, List<Operand> in, List<Operand> out) {
    int classes = in.get(1).shape().dim(1);
    float t = (float) op.temperature();
    return loss(KD_LOSS, in, out, t * t, launch -> launch.ints(classes).floats(t));
  }

  /**
   * One kernel for the rows, one for {@code scale} times their mean.
   *
   * @param more arguments behind the two dimensions of the logits
   */
  private DeviceKernel loss(
      String function,
      List<Operand> in,
      List<Operand> out,
      float scale,
      UnaryOperator<LaunchBuilder> more) {
    int batch = in.get(0).shape().dim(0);
    Operand shares = session.scratch(batch);
    LaunchBuilder rows =
        session
            .kernel(function)
            .operands(in)
            .operands(out.get(1), shares)
            .ints(batch, in.get(0).shape().dim(1));
    return DeviceKernel.sequence(
        more.apply(rows).range(batch, 1, RowOps.group(session, batch), 1),
        session
            .kernel("mean")
            .operands(shares, out.get(0))
            .ints(batch)
            .floats(scale / batch)
            .range(1));
  }

  /**
   * A loss and its gradient, the gradient of the loss itself being 1, in one kernel: one
   * work-group, which waits for the shares of all rows.
   */
  public DeviceKernel withGradient(Step loss, Step gradient) {
    Shape logits = loss.inputs().getFirst().shape();
    int batch = logits.dim(0);
    int group = (int) Math.min(Math.min(batch, 256), session.device().workGroup());
    return session
        .kernel(CROSS_ENTROPY, "cross_entropy_step")
        .operands(loss.inputs())
        .operands(loss.outputs())
        .operands(session.scratch(batch), gradient.outputs().getFirst())
        .ints(batch, logits.dim(1))
        .range(group, 1, group, 1);
  }

  public DeviceKernel crossEntropyGradient(List<Operand> in, Operand dlogits) {
    int n = dlogits.shape().elements();
    return shaped(CROSS_ENTROPY, "cross_entropy_gradient", in, dlogits).range(n);
  }

  public DeviceKernel softCrossEntropyGradient(List<Operand> in, Operand dlogits) {
    int batch = dlogits.shape().dim(0);
    return shaped(SOFT_CROSS_ENTROPY, "soft_cross_entropy_gradient", in, dlogits)
        .range(batch, 1, RowOps.group(session, batch), 1);
  }

  public DeviceKernel kdLossGradient(KdLoss.Gradient op, List<Operand> in, Operand dlogits) {
    return shaped(KD_LOSS, "kd_loss_gradient", in, dlogits)
        .ints(in.get(0).shape().dim(1))
        .floats((float) op.temperature())
        .range(dlogits.shape().elements());
  }

  private LaunchBuilder shaped(String file, String function, List<Operand> in, Operand dlogits) {
    return session
        .kernel(file, function)
        .operands(in)
        .operands(dlogits)
        .ints(dlogits.shape().dim(0), dlogits.shape().dim(1));
  }
}
