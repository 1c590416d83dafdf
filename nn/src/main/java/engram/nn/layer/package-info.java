/**
 * Layers. {@link engram.nn.layer.Layer} is the contract: a value that says which tensors it owns,
 * each a {@link engram.nn.layer.ParameterSpec}, and appends itself to a tape through a {@link
 * engram.nn.layer.LayerContext}. Read {@link engram.nn.layer.Linear} next, then {@link
 * engram.nn.layer.Block} and {@link engram.nn.layer.Residual}, layers made of layers; {@link
 * engram.nn.layer.Named} gives them their names. {@link engram.nn.layer.RecordingContext} is how a
 * network records them, and {@link engram.nn.layer.TorchLayout} how PyTorch would arrange their
 * tensors.
 */
package engram.nn.layer;
