/**
 * Generated handwritten digits: a data set in MNIST's form that needs no download, drawn by strokes
 * of a pen.
 *
 * <p>From shape to pixel: {@code Glyph} holds the ways in which people write each digit; {@code
 * Hand} draws how one writer differs from others, and each of the writer's digits from the last;
 * {@code Pen} inks the curves; {@link engram.data.digits.GeneratedDigits} puts them into a {@link
 * engram.data.Dataset}.
 */
package engram.data.digits;
