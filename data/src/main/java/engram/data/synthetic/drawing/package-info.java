/**
 * The faces of 43 signs, drawn from vector paths: {@link engram.data.synthetic.drawing.SignCatalog}
 * lists them in GTSRB's order. A {@link engram.data.synthetic.drawing.Sign} is layers of {@link
 * engram.data.synthetic.drawing.Ink}, {@code Faces} has the boards, {@code Lettering} the digits,
 * {@code VectorPath} the geometry; {@code RoundSigns}, {@code WarningSigns}, {@code PrioritySigns}
 * and {@code BlueSigns} draw.
 */
package engram.data.synthetic.drawing;
