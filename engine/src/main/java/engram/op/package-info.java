/**
 * The ops: all that the engine can compute, one file each. A file holds the whole meaning of its
 * op: shape rule, definition in plain loops and double precision, gradient, cost, and the cases on
 * which it is tested, gradient-checked, compared between backends and measured.
 *
 * <p>Read {@link engram.op.Op} first, the contract; then {@link engram.op.LeakyRelu}, an op on one
 * screen, and {@link engram.op.Conv2d}, one that takes three. {@link engram.op.Recorder} is how
 * everybody else says ops, in the words of arithmetic; {@link engram.op.GradientBuilder} is the
 * same for a gradient. {@link engram.op.OpCase} and {@link engram.op.Sample} declare cases, {@link
 * engram.op.OpCatalog} lists the ops, {@link engram.op.OpText} has their formulas for pages that
 * show them, and {@link engram.op.CustomOp} is for one from outside.
 *
 * <p>To add an op: write its file, name it in {@link engram.op.Op} and {@link engram.op.OpCatalog},
 * and the compiler asks each backend for its line.
 */
package engram.op;
