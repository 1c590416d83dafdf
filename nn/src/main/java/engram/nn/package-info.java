/**
 * Networks. A {@link engram.nn.Sequential} describes layers and holds no numbers; a {@link
 * engram.nn.Network} is the description with numbers on a backend; a {@link
 * engram.nn.RecordedNetwork} is a network on a tape, as a training step or an inference sees it.
 * {@link engram.nn.Parameters} are those numbers, all in one flat buffer, and {@link
 * engram.nn.Layout} says where in it each tensor lies. A {@link engram.nn.NetworkFactory} makes the
 * layers for data of any shape.
 *
 * <p>Then read on: {@link engram.nn.layer} for what networks are made of, {@link engram.nn.model}
 * for those that are there, {@link engram.nn.train} for how they learn.
 */
package engram.nn;
