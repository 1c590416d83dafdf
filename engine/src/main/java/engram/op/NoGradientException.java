package engram.op;

/** An op that ends the gradient: second derivatives and optimiser steps have none here. */
public final class NoGradientException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public NoGradientException(Op op) {
    super(
        op.name()
            + ": has no gradient. It is itself part of a backward pass or an update;"
            + " differentiate the op that it belongs to");
  }
}
