package engram.nn.layer;

/** Whether a network learns or is used: dropout and batch norm do different things. */
public enum Mode {
  TRAINING,
  EVALUATION
}
